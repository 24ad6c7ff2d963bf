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

/** The benchmarks still run: a very short one fills its tables. */
class BenchmarkIT {

  /** Of the table of results: the row, what was measured, Loble's and HAProxy's figures. */
  private static final int CELLS = 4;

  @Test
  void aShortRunFillsItsTables(@TempDir Path directory) throws IOException {
    List.of("wrk", "haproxy", "nginx").forEach(Peers::path);
    Path document = Files.writeString(directory.resolve("benchmarks.md"), "Before.\n");
    run(directory, document);
    String text = Files.readString(document);
    assertThat(text)
        .startsWith("Before.\n")
        .contains("| HAProxy ", "| keepalive ", "Loble / HAProxy")
        .doesNotContain("skipped", "failed");
    assertThat(figure(text, "keepalive", "requests/s")).allSatisfy(BenchmarkIT::isPositive);
    assertThat(figure(text, "keepalive", "CPU s per million")).allSatisfy(BenchmarkIT::isPositive);
    assertThat(figure(text, "latency", "p99, µs")).allSatisfy(BenchmarkIT::isPositive);
    assertThat(figure(text, "http-p99", "p99, µs")).allSatisfy(BenchmarkIT::isPositive);
    assertThat(figure(text, "idle", "resident memory")).allSatisfy(BenchmarkIT::isPositive);
    assertThat(figure(text, "idle", "live memory").get(0)).matches("-?[0-9,.]+");
  }

  private static void run(Path directory, Path document) {
    Benchmarks.run(
        directory,
        Map.of(
            "bench.rows", "keepalive,latency,http-p99,idle",
            "bench.peers", "loble,haproxy",
            "bench.rounds", "1",
            "bench.seconds", "1",
            "bench.warmup", "0",
            "bench.connections", "200",
            "bench.out", document.toString()));
  }

  /** What a line of the table of results says of Loble and of HAProxy. */
  private static List<String> figure(String text, String row, String measured) {
    String line =
        text.lines()
            .filter(l -> l.startsWith("| " + row + " ") && l.contains("| " + measured))
            .reduce("", (first, second) -> second);
    List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::trim).skip(1).toList();
    assertThat(cells).as("%s of %s in:%n%s", measured, row, text).hasSizeGreaterThan(CELLS);
    return cells.subList(2, CELLS);
  }

  private static void isPositive(String figure) {
    assertThat(Double.parseDouble(figure.replace(",", ""))).isPositive();
  }
}
