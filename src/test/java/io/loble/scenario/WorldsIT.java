package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark of algorithms still runs: a very short one fills its tables. */
class WorldsIT {

  private static final String ROUND_ROBIN = "`round_robin`";
  private static final String EJECTION = "`least_connections`, `ejection.enabled=true`";
  private static final String HAPROXY = "HAProxy `leastconn`";

  @Test
  void aShortRunFillsItsTables(@TempDir Path directory) throws IOException {
    Peers.path("haproxy");
    Path document = Files.writeString(directory.resolve("choosing.md"), "Before.\n");
    run(directory, document);
    String text = Files.readString(document);
    assertThat(text)
        .startsWith("Before.\n")
        .contains("Measured on ", "### One of five backends fails fast")
        .contains("`unheard_of` was not measured: ", "pools.default.algorithm: expected one of");
    List.of(ROUND_ROBIN, EJECTION, HAPROXY)
        .forEach(chooser -> assertThat(figure(text, chooser, "p50, ms")).isGreaterThan(10));
    assertThat(figure(text, ROUND_ROBIN, "failed, %")).isBetween(15.0, 25.0);
    assertThat(figure(text, ROUND_ROBIN, "to the first backend, %")).isBetween(15.0, 25.0);
    assertThat(figure(text, EJECTION, "failed, %")).isLessThan(figure(text, HAPROXY, "failed, %"));
    assertThat(cell(text, HAPROXY, "to each of the others, %").split(" ", -1)).hasSize(4);
  }

  private static void run(Path directory, Path document) {
    Benchmarks.run(
        directory,
        Map.of(
            "bench.rows", "worlds-fails",
            "bench.choosers",
                "round_robin,least_connections+ejection.enabled=true,unheard_of,haproxy:leastconn",
            "bench.rounds", "1",
            "bench.seconds", "3",
            "bench.warmup", "0",
            "bench.out", document.toString()));
  }

  private static double figure(String text, String chooser, String title) {
    return Double.parseDouble(cell(text, chooser, title).replace(",", ""));
  }

  private static String cell(String text, String chooser, String title) {
    return cells(text, chooser).get(cells(text, "chooser").indexOf(title));
  }

  /** Of the line that begins so. */
  private static List<String> cells(String text, String first) {
    String line =
        text.lines().filter(l -> l.startsWith("| " + first + " ")).findFirst().orElseThrow();
    return Arrays.stream(line.split("\\|", -1)).map(String::trim).toList();
  }
}
