package io.loble.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.loble.scenario.Peers;
import io.loble.scenario.Program;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is in {@code k8s/} is applied, and what kubectl makes of it is what is reviewed here. */
class KustomizationTest {

  /** The first kubectl whose kustomize takes folders as resources; before, they were bases. */
  private static final int FOLDERS_ARE_RESOURCES = 21;

  private static final Pattern FOLDERS =
      Pattern.compile(
          "^resources:\\n((?:  - (?:base|options/\\S+|\\.\\./\\S+)\\n)+)", Pattern.MULTILINE);

  private static final String IMAGE = "registry.example.com/team/loble";

  static Stream<Path> roots() {
    return Worlds.ROOTS.stream();
  }

  static Stream<Path> folders() {
    return Stream.concat(
        Worlds.ROOTS.stream(),
        Stream.of(Worlds.OPERATOR, Worlds.AUTOSCALER, Worlds.CONNECTIONS, Worlds.ZONE));
  }

  @Test
  void everyFileIsNamedAndEveryNamedFileIsThere() throws IOException {
    Set<Path> named = new TreeSet<>(Set.of(Worlds.ADAPTER));
    folders().forEach(folder -> named.addAll(Kustomization.in(folder).files()));
    try (Stream<Path> files = Files.walk(Worlds.K8S)) {
      assertThat(files.filter(Files::isRegularFile).sorted()).containsExactlyElementsOf(named);
    }
  }

  /** A hash behind its name would replace all pods when the file changes. */
  @Test
  void theConfigMapKeepsItsName() {
    for (Path folder : List.of(Worlds.K8S.resolve("base"), Worlds.SIMULATION)) {
      assertThat(Kustomization.in(folder).content())
          .containsEntry("generatorOptions", Map.of("disableNameSuffixHash", true));
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void kubectlMakesOfItWhatIsReviewed(Path folder, @TempDir Path directory) {
    Manifests rendered = rendered(folder, directory, UnaryOperator.identity());
    assertThat(byKey(rendered)).isEqualTo(byKey(Worlds.of(folder)));
  }

  /** What docs/kubernetes.md says to do with an image that comes from a registry. */
  @ParameterizedTest
  @MethodSource("roots")
  void everyPodHasTheImageThatIsNamedWhereTheCommentIs(Path root, @TempDir Path directory) {
    Manifests rendered =
        rendered(root, directory, text -> text.replaceAll("# newName: .*", "newName: " + IMAGE));
    assertThat(rendered.all(Deployment.class).flatMap(Manifests::containers))
        .isNotEmpty()
        .extracting(Container::getImage)
        .containsOnly(IMAGE + ":0.1.0");
  }

  /** What k8s/options/prometheus-adapter/kustomization.yaml says to do. */
  @Test
  void scalingByConnectionsIsOneWordAway(@TempDir Path directory) {
    Manifests rendered =
        rendered(
            Worlds.K8S,
            directory,
            text -> text.replace("- options/autoscaler", "- options/prometheus-adapter"));
    assertThat(rendered.one(HorizontalPodAutoscaler.class, Worlds.BALANCER))
        .isEqualTo(
            Worlds.of(Worlds.CONNECTIONS).one(HorizontalPodAutoscaler.class, Worlds.BALANCER));
  }

  /** By kubectl, of a copy. */
  private static Manifests rendered(Path folder, Path directory, UnaryOperator<String> changed) {
    String kubectl = Peers.path("kubectl");
    boolean foldersAreBases = minor(kubectl, directory) < FOLDERS_ARE_RESOURCES;
    Path copy =
        copy(
            directory.resolve("k8s"),
            text -> changed.apply(foldersAreBases ? withBases(text) : text));
    Path root = copy.resolve(Worlds.K8S.relativize(folder));
    return Manifests.parse(
        Program.run(directory, List.of(kubectl, "kustomize", root.normalize().toString())));
  }

  private static Map<String, HasMetadata> byKey(Manifests manifests) {
    return manifests.objects().stream().collect(Collectors.toMap(Manifests::key, o -> o));
  }

  private static int minor(String kubectl, Path directory) {
    String version =
        Program.run(directory, List.of(kubectl, "version", "--client", "--output=json"));
    String minor = new JsonObject(version).getJsonObject("clientVersion").getString("minor");
    return Integer.parseInt(minor.replaceAll("\\D", ""));
  }

  /** With other words in each {@code kustomization.yaml}. */
  private static Path copy(Path target, UnaryOperator<String> changed) {
    try (Stream<Path> files = Files.walk(Worlds.K8S)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = target.resolve(Worlds.K8S.relativize(file));
        Files.createDirectories(to.resolveSibling("."));
        String text = Files.readString(file);
        Files.writeString(to, file.endsWith(Kustomization.FILE) ? changed.apply(text) : text);
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String withBases(String kustomization) {
    Matcher folders = FOLDERS.matcher(kustomization);
    return folders.replaceFirst("bases:\n$1resources:\n");
  }
}
