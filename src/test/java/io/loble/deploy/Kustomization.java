package io.loble.deploy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A {@code kustomization.yaml}, as far as those here go: resources, patches of them, generated
 * ConfigMaps, the namespace and the tags of images. Anything else in one is an error.
 */
record Kustomization(Path folder, Map<String, Object> content) {

  static final String FILE = "kustomization.yaml";

  private static final Set<String> KEYS =
      Set.of(
          "apiVersion",
          "kind",
          "namespace",
          "resources",
          "patchesStrategicMerge",
          "generatorOptions",
          "configMapGenerator",
          "images");

  static Kustomization in(Path folder) {
    Map<String, Object> content = YamlFiles.document(folder.resolve(FILE));
    if (!KEYS.containsAll(content.keySet())) {
      throw new AssertionError("unknown keys in " + folder + ": " + content.keySet());
    }
    return new Kustomization(folder.normalize(), content);
  }

  /** The folders that it builds on. */
  List<Kustomization> bases() {
    return resources().filter(Files::isDirectory).map(Kustomization::in).toList();
  }

  /** The files of objects that it names. */
  List<Path> manifests() {
    return resources().filter(resource -> !Files.isDirectory(resource)).toList();
  }

  /** Every file that it, or what it builds on, takes something from. */
  Set<Path> files() {
    Set<Path> files = new TreeSet<>(manifests());
    files.add(folder.resolve(FILE));
    patchFiles().forEach(files::add);
    generators().values().forEach(generator -> files.addAll(generator.values()));
    bases().forEach(base -> files.addAll(base.files()));
    return files;
  }

  /** What it changes of the objects that it builds on. */
  List<Patch> patches() {
    return patchFiles().map(Patch::in).toList();
  }

  private Stream<Path> patchFiles() {
    return YamlFiles.texts(content, "patchesStrategicMerge").stream()
        .map(name -> folder.resolve(name).normalize());
  }

  /** The generated ConfigMaps: their keys, and the files these are taken from, by name. */
  Map<String, Map<String, Path>> generators() {
    Map<String, Map<String, Path>> generators = new LinkedHashMap<>();
    for (Object entry : YamlFiles.list(content, "configMapGenerator")) {
      Map<String, Object> generator = YamlFiles.map(entry);
      Map<String, Path> files = new LinkedHashMap<>();
      YamlFiles.texts(generator, "files").forEach(name -> files.put(name, folder.resolve(name)));
      generators.put(String.valueOf(YamlFiles.get(generator, "name")), files);
    }
    return generators;
  }

  /** The tags that it sets, by image. */
  Map<String, String> tags() {
    Map<String, String> tags = new LinkedHashMap<>();
    for (Object entry : YamlFiles.list(content, "images")) {
      Map<String, Object> image = YamlFiles.map(entry);
      tags.put(
          String.valueOf(YamlFiles.get(image, "name")),
          String.valueOf(YamlFiles.get(image, "newTag")));
    }
    return tags;
  }

  private Stream<Path> resources() {
    return YamlFiles.texts(content, "resources").stream()
        .map(name -> folder.resolve(name).normalize());
  }
}
