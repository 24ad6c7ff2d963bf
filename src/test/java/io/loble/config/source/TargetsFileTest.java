package io.loble.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.BackendConfig;
import io.loble.config.source.TargetsFile.Found;
import io.loble.config.source.TargetsFile.Missing;
import io.loble.config.source.TargetsFile.Unusable;
import io.loble.model.BackendMode;
import io.loble.model.HostPort;
import io.loble.model.UnixPath;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of a file of targets, and what is said of one that is of no use. */
class TargetsFileTest {

  @TempDir private Path directory = Path.of("");

  @Test
  void backends_and_groups_of_prometheus_are_read_in_their_order() throws IOException {
    String text =
        """
        [
          // A comment.
          { "address": "DB-1.internal:5432", "weight": 2, "name": "pg-1", "max_connections": 3,
            "priority": 4, "state": "drain" },
          { "targets": ["[FD00::1]:80", "10.0.0.1:81"], "labels": { "__meta": "x", "zone": "a" } },
          { "address": "unix:/run/app.sock" },
          { "labels": null, "targets": [] },
          { "targets": ["10.0.0.1:80"] }
        ]
        """;
    assertThat(found(text))
        .containsExactly(
            new BackendConfig(
                "pg-1", new HostPort("db-1.internal", 5432), 2, 3, 4, BackendMode.DRAIN),
            plain(new HostPort("fd00::1", 80)),
            plain(new HostPort("10.0.0.1", 81)),
            new BackendConfig(
                "unix:/run/app.sock",
                UnixPath.parse("unix:/run/app.sock").orElseThrow(),
                1,
                0,
                0,
                BackendMode.READY),
            plain(new HostPort("10.0.0.1", 80)));
  }

  @Test
  void there_may_be_no_backends() throws IOException {
    assertThat(found("[]")).isEmpty();
    assertThat(found("\uFEFF[ ]\n")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~ | : is empty",
        "{} | : does not begin with [",
        "[ | : ends too early, at line 1, column 2",
        "[{\"address\": \"10.0. | : ends too early, at line 1, column 20",
        "[{\"address\": \"10.0.0.1:80\"}] x | : is not JSON, at line 1, column 31",
        "[] [] | : goes on behind its last ], at line 1, column 5",
        "[hunter2] | : is not JSON, at line 1, column 9",
        "[{\"address\": \"a:1\", \"address\": \"b:1\"}] | : has the same key twice in an object",
        "[1] | : [0]: expected a table with an address, or with targets, found 1",
        "[{}] | : [0].address: missing; expected host:port",
        "[{\"address\": \"10.0.0.1\"}] | : [0].address: expected host:port",
        "[{\"address\": null}] | : [0].address: expected host:port",
        "[{\"address\": \"10.0.0.1:80\", \"weight\": 257}] | : [0].weight: expected an integer from"
            + " 0 to 256, found 257",
        "[{\"address\": \"10.0.0.1:80\", \"state\": \"leaving\"}] | : [0].state: expected one of"
            + " ready, drain, maintenance, found",
        "[{\"address\": \"10.0.0.1:80\", \"wieght\": 1}] | : [0].wieght: unknown key; did you mean"
            + " 'weight'?",
        "[{\"address\": \"10.0.0.1:80\"}, {\"address\": \"[::ffff:10.0.0.1]:80\"}] | : [1].address:"
            + " \"10.0.0.1:80\" is already used by [0].address; each address may be used only once",
        "[{\"address\": \"a:1\", \"name\": \"x\"}, {\"address\": \"b:1\", \"name\": \"x\"}] | :"
            + " [1].name: \"x\" is already used by [0].name; each name may be used only once",
        "[{\"address\": \"a:1\"}, {\"targets\": [\"b:1\", \"a:1\"]}] | : [1].targets[1]: \"a:1\" is"
            + " already used by [0].address; each address may be used only once",
        "[{\"targets\": \"a:1\"}] | : [0].targets: expected an array of addresses, such as"
            + " [\"10.0.0.1:8080\"], found the string \"a:1\"",
        "[{\"targets\": [\"a\"]}] | : [0].targets[0]: expected host:port",
        "[{\"targets\": [{}]}] | : [0].targets[0]: expected host:port",
        "[{\"targets\": [\"a:1\"], \"labels\": []}] | : [0].labels: expected a table of labels,"
            + " found an array",
        "[{\"targets\": [\"a:1\"], \"weight\": 1}] | : [0].weight: unknown key; known here:"
            + " targets, labels",
        "[{\"targets\": [\"a:1\"], \"address\": \"b:1\"}] | : [0].targets: unknown key",
      })
  void what_is_wrong_is_named_with_its_element_and_key(String text, String error)
      throws IOException {
    assertThat(trouble(text)).startsWith(directory.resolve("targets.json") + error);
  }

  @Test
  void three_errors_are_told_and_how_many_more_there_are() throws IOException {
    assertThat(trouble("[1, 2, 3, 4, 5]"))
        .contains("[0]: ", "; ", "[2]: ")
        .doesNotContain("[3]")
        .endsWith("; and 2 more errors");
  }

  @Test
  void text_that_is_no_utf_8_is_refused() throws IOException {
    Path file = directory.resolve("targets.json");
    Files.write(file, "[]".getBytes(StandardCharsets.UTF_16));
    assertThat(TargetsFile.read(file).content())
        .isEqualTo(new Unusable(file + ": is UTF-16 text; save it as UTF-8"));
  }

  @Test
  void so_many_targets_are_read_and_no_more() throws IOException {
    assertThat(found(targets(10_000))).hasSize(10_000);
    assertThat(trouble(targets(10_001))).endsWith(": has more than 10000 targets");
  }

  @Test
  void a_file_that_takes_much_memory_is_refused_before_it_does() throws IOException {
    String many = Stream.generate(() -> "{}").limit(500_001).collect(Collectors.joining(","));
    assertThat(trouble("[" + many + "]")).endsWith(": has more than 500000 values");
    Path large = directory.resolve("large.json");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(FileReads.MAX_BYTES + 1L);
    }
    assertThat(TargetsFile.read(large).content())
        .isEqualTo(new Unusable(large + ": cannot be read: has more than 16 MiB"));
  }

  @Test
  void what_is_no_file_is_told_from_what_is_not_there() {
    Path none = directory.resolve("none.json");
    assertThat(TargetsFile.read(none).content()).isEqualTo(new Missing(none + ": no such file"));
    assertThat(TargetsFile.read(directory).content())
        .isEqualTo(new Unusable(directory + ": cannot be read: is a directory, not a file"));
  }

  @Test
  void a_file_that_has_not_changed_for_a_while_is_not_read_again() throws IOException {
    Path file = write("[]");
    TargetsFile fresh = TargetsFile.read(file);
    assertThat(fresh.isFresh()).isTrue();
    assertThat(fresh.again()).isNotSameAs(fresh);
    await().until(() -> !TargetsFile.read(file).isFresh());
    TargetsFile old = TargetsFile.read(file);
    assertThat(old.again()).isSameAs(old);
    write("[1]");
    assertThat(old.again().content()).isInstanceOf(Unusable.class);
  }

  @Test
  void a_configuration_loads_whatever_the_file_has_in_it() throws Exception {
    Path file = directory.resolve("targets.json");
    String toml =
        "[listener]\naddress = \"0.0.0.0:80\"\n[pools.default.discover]\nfile = \"" + file + "\"\n";
    String key = "pools.default.discover.file: " + file;
    assertThat(Loading.loadAll(toml).allWarnings())
        .containsExactly(key + ": no such file; as long as there is none, nothing is found in it");
    write("[1]");
    assertThat(Loading.loadAll(toml).allWarnings())
        .containsExactly(
            key
                + ": [0]: expected a table with an address, or with targets, found 1; as long as"
                + " that is so, nothing new is found in it");
    write("[]");
    assertThat(Loading.loadAll(toml).allWarnings()).isEmpty();
  }

  private List<BackendConfig> found(String text) throws IOException {
    return ((Found) TargetsFile.read(write(text)).content()).backends();
  }

  private String trouble(String text) throws IOException {
    return ((Unusable) TargetsFile.read(write(text)).content()).why();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("targets.json"), text);
  }

  private static String targets(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"10.0." + i / 256 + "." + i % 256 + ":80\"")
        .collect(Collectors.joining(",", "[{\"targets\":[", "]}]"));
  }

  private static BackendConfig plain(HostPort address) {
    return new BackendConfig(address.toString(), address, 1, 0, 0, BackendMode.READY);
  }
}
