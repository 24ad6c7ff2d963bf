package io.loble.deploy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The objects that are applied together. */
record Manifests(List<HasMetadata> objects) {

  Manifests {
    objects = List.copyOf(objects);
  }

  /** Those of a rendered text. */
  static Manifests parse(String yaml) {
    return new Manifests(
        YamlFiles.documents(yaml).stream().<HasMetadata>map(StrictModels::read).toList());
  }

  /**
   * Those of a folder, put together here: what the files say, whether or not there is a kubectl.
   */
  static Manifests compose(Kustomization kustomization) {
    Map<String, HasMetadata> objects = new LinkedHashMap<>();
    kustomization.bases().stream()
        .flatMap(base -> compose(base).objects().stream())
        .forEach(object -> add(objects, object));
    for (Path file : kustomization.manifests()) {
      parse(YamlFiles.text(file)).objects().forEach(object -> add(objects, object));
    }
    kustomization.patches().forEach(patch -> objects.computeIfPresent(patch.key(), patch::over));
    generated(kustomization, objects);
    Optional.ofNullable(kustomization.content().get("namespace"))
        .ifPresent(namespace -> place(objects, String.valueOf(namespace)));
    Manifests all = new Manifests(List.copyOf(objects.values()));
    all.all(Deployment.class).flatMap(Manifests::containers).forEach(c -> tag(c, kustomization));
    return all;
  }

  private static void add(Map<String, HasMetadata> objects, HasMetadata object) {
    if (objects.put(key(object), object) != null) {
      throw new AssertionError(key(object) + " stands twice");
    }
  }

  private static void generated(Kustomization kustomization, Map<String, HasMetadata> objects) {
    kustomization
        .generators()
        .forEach(
            (name, files) -> {
              HasMetadata before = objects.get("ConfigMap/" + name);
              ConfigMapBuilder map =
                  before instanceof ConfigMap base
                      ? new ConfigMapBuilder(base)
                      : new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata();
              files.forEach((key, file) -> map.addToData(key, YamlFiles.text(file)));
              objects.put("ConfigMap/" + name, map.build());
            });
  }

  private static void place(Map<String, HasMetadata> objects, String namespace) {
    objects.values().stream()
        .filter(object -> !StrictModels.CLUSTER_SCOPED.contains(object.getClass()))
        .forEach(object -> object.getMetadata().setNamespace(namespace));
  }

  private static void tag(Container container, Kustomization kustomization) {
    String tag = kustomization.tags().get(container.getImage());
    if (tag != null) {
      container.setImage(container.getImage() + ":" + tag);
    }
  }

  static Stream<Container> containers(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec().getContainers().stream();
  }

  static String key(HasMetadata object) {
    return object.getKind() + "/" + object.getMetadata().getName();
  }

  <T extends HasMetadata> Stream<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast);
  }

  /** The one of that type and name. */
  <T extends HasMetadata> T one(Class<T> type, String name) {
    return all(type)
        .filter(object -> object.getMetadata().getName().equals(name))
        .collect(
            Collectors.collectingAndThen(
                Collectors.toList(),
                found -> {
                  if (found.size() != 1) {
                    throw new AssertionError(
                        found.size() + " times " + type.getSimpleName() + " " + name);
                  }
                  return found.get(0);
                }));
  }

  /** The Deployments whose pods a selector means. */
  List<Deployment> selected(Map<String, String> selector) {
    List<Deployment> found = new ArrayList<>();
    all(Deployment.class)
        .filter(d -> podLabels(d).entrySet().containsAll(selector.entrySet()))
        .forEach(found::add);
    return found;
  }

  static Map<String, String> podLabels(Deployment deployment) {
    return deployment.getSpec().getTemplate().getMetadata().getLabels();
  }
}
