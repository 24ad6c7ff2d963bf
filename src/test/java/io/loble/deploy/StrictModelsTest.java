package io.loble.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A manifest with anything in it that its kind does not have is refused. */
class StrictModelsTest {

  /** Maps whose keys are anybody's. */
  private static final Set<String> FREE =
      Set.of("labels", "matchLabels", "annotations", "data", "requests", "limits");

  static Stream<Path> manifests() throws Exception {
    try (Stream<Path> files = Files.walk(Worlds.K8S)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith(Kustomization.FILE) && !file.equals(Worlds.ADAPTER))
          // cert-manager's kinds, of which there is no model here.
          .filter(file -> !file.equals(Worlds.TLS.resolve("certificate.yaml")))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void aFieldThatNobodyKnowsIsRefusedWhereverItStands(Path file) {
    for (Map<String, Object> document : YamlFiles.documents(YamlFiles.text(file))) {
      StrictModels.read(document);
      List<Map<String, Object>> places = new ArrayList<>();
      collect(document, isService(document), places);
      assertThat(places).hasSizeGreaterThan(1);
      for (Map<String, Object> place : places) {
        place.put("fieldOfNobody", "x");
        assertThatThrownBy(() -> StrictModels.read(document))
            .as("in %s", place)
            .hasMessageContaining("fieldOfNobody");
        place.remove("fieldOfNobody");
      }
    }
  }

  private static boolean isService(Map<String, Object> document) {
    return "Service".equals(document.get("kind"));
  }

  private static void collect(Object node, boolean ofService, List<Map<String, Object>> places) {
    if (node instanceof Map<?, ?>) {
      Map<String, Object> map = YamlFiles.map(node);
      places.add(map);
      map.forEach(
          (key, value) -> {
            if (!FREE.contains(key) && !(ofService && key.equals("selector"))) {
              collect(value, ofService, places);
            }
          });
    } else if (node instanceof List<?> list) {
      list.forEach(item -> collect(item, ofService, places));
    }
  }

  @Test
  void aNumberThatIsATextIsRefused() {
    assertRefused("    - port: \"9000\"\n", "\"9000\"");
  }

  @Test
  void aTextThatIsANumberIsRefused() {
    assertRefused("    - port: 9000\n      name: 7\n", "String");
  }

  @Test
  void aKindThatNobodyKnowsIsRefused() {
    assertThatThrownBy(() -> Manifests.parse("apiVersion: extensions/v1beta1\nkind: Deployment\n"))
        .hasMessageContaining("extensions/v1beta1/Deployment");
  }

  @Test
  void aKeyThatStandsTwiceIsRefused() {
    assertThatThrownBy(() -> Manifests.parse("apiVersion: v1\nkind: Service\nkind: Service\n"))
        .hasMessageContaining("duplicate key kind");
  }

  private static void assertRefused(String port, String reason) {
    String service =
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: s\nspec:\n  ports:\n" + port;
    assertThatThrownBy(() -> Manifests.parse(service)).hasMessageContaining(reason);
  }
}
