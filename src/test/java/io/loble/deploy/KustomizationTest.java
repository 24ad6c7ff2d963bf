package io.loble.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
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
      Pattern.compile("^resources:\\n((?:  - (?:base|\\.\\./\\S+)\\n)+)", Pattern.MULTILINE);

  static Stream<Path> folders() {
    return Stream.concat(Worlds.ROOTS.stream(), Stream.of(Worlds.OPERATOR));
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
    String kubectl = Peers.path("kubectl");
    Path copy = copy(directory.resolve("k8s"), minor(kubectl, directory) < FOLDERS_ARE_RESOURCES);
    Path root = copy.resolve(Worlds.K8S.relativize(folder));
    String rendered =
        Program.run(directory, List.of(kubectl, "kustomize", root.normalize().toString()));
    assertThat(byKey(Manifests.parse(rendered))).isEqualTo(byKey(Worlds.of(folder)));
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

  private static Path copy(Path target, boolean foldersAreBases) {
    try (Stream<Path> files = Files.walk(Worlds.K8S)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = target.resolve(Worlds.K8S.relativize(file));
        Files.createDirectories(to.resolveSibling("."));
        String text = Files.readString(file);
        boolean adapted = foldersAreBases && file.endsWith(Kustomization.FILE);
        Files.writeString(to, adapted ? withBases(text) : text);
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
