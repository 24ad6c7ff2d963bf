package io.loble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong, {@code check} and {@code run} exit with 2 and say what and where. */
class BadConfigTest {

  private static final String GOOD =
      """
      [listener]
      address = "127.0.0.1:9000"
      [[backends]]
      address = "10.0.0.1:80"
      """;

  /** What a command answered. */
  private record Answer(int code, String out, String err) {}

  static Stream<Arguments> badFiles() {
    return Stream.of(
        Arguments.of(
            "[balancer]\nalgoritm = 'rr'", ":6:1: balancer.algoritm: unknown key; did you"),
        Arguments.of(
            "[health]\nfailure_threshold = '3'", ":6:1: health.failure_threshold: expected"),
        Arguments.of(
            "weight = -1", ":5:1: backends[0].weight: expected an integer from 0 to 256, f"),
        Arguments.of("weight = 257", ":5:1: backends[0].weight: expected an integer from 0 to 256"),
        Arguments.of("[[backends]]\naddress = '10.0.0.1:80'", ":6:1: backends[1].address: "),
        Arguments.of(
            "[[listeners]]\nname = 'second'\naddress = '127.0.0.1:9000'",
            ":7:1: listeners[0].address: "),
        Arguments.of("[timeouts]\nidle = 5", ":6:1: timeouts.idle: expected a duration"),
        Arguments.of("[[listeners]\n", ":5:"),
        Arguments.of("weight = ", ":5:"));
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void aBadFile(String addition, String said, @TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("bad.toml"), GOOD + addition + "\n");
    for (String command : new String[] {"check", "run"}) {
      Answer answer = execute(command, "-conf", conf(file));
      assertThat(answer.code()).isEqualTo(2);
      assertThat(answer.err()).startsWith(file + said).doesNotContain("Exception");
      assertThat(answer.out()).isEmpty();
    }
  }

  static Stream<Arguments> badLaunches() {
    return Stream.of(
        Arguments.of("{\"config\": \"nowhere.toml\"}", "nowhere.toml: no such file"),
        Arguments.of("nowhere.json", "nowhere.json: no such file"),
        Arguments.of("{\"config\": ", "-conf: not a JSON object"),
        Arguments.of("{\"confg\": \"x\"}", "-conf: confg: unknown key; did you mean 'config'?"),
        Arguments.of("{\"instances\": -1}", "-conf: instances: expected an integer from 0 to 1024"),
        Arguments.of("{\"transport\": \"dpdk\"}", "-conf: transport: expected one of auto, epoll"));
  }

  @ParameterizedTest
  @MethodSource("badLaunches")
  void aBadConf(String conf, String said) {
    for (String command : new String[] {"check", "run"}) {
      Answer answer = execute(command, "-conf", conf);
      assertThat(answer.code()).isEqualTo(2);
      assertThat(answer.err()).startsWith(said).doesNotContain("Exception:");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "run", "demo", "server", "client", "ctl"})
  void anUnknownOption(String command) {
    Answer answer = execute(command, "--xyzzy");
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("Unknown option: '--xyzzy'", "Usage: loble " + command);
  }

  @Test
  void anUnknownCommand() {
    Answer answer = execute("chekc");
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("chekc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "check", "run", "demo", "server", "client", "ctl"})
  void helpAndVersion(String command) {
    String[] name = command.isEmpty() ? new String[0] : new String[] {command};
    Answer help =
        execute(Stream.concat(Stream.of(name), Stream.of("--help")).toArray(String[]::new));
    assertThat(help.code()).isZero();
    assertThat(help.out()).startsWith(("Usage: loble " + command).strip());
    Answer version =
        execute(Stream.concat(Stream.of(name), Stream.of("--version")).toArray(String[]::new));
    assertThat(version.code()).isZero();
    assertThat(version.out()).matches("loble \\d+\\.\\d+\\.\\d+\\S*\\R");
  }

  @ParameterizedTest
  @ValueSource(strings = {"conf/loble.toml", "conf/multi.toml", "conf/seed.toml"})
  void whatCheckPrintsIsAcceptedAgain(String sample, @TempDir Path directory) throws IOException {
    Answer first = execute("check", "-conf", conf(Path.of(sample)));
    assertThat(first.code()).as(first.err()).isZero();
    Path printed = Files.writeString(directory.resolve("printed.toml"), first.out());
    assertThat(execute("check", "-conf", conf(printed))).isEqualTo(first);
  }

  private static String conf(Path file) {
    return new JsonObject(Map.of("config", file.toString())).encode();
  }

  private static Answer execute(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Answer(code, out.toString(), err.toString());
  }
}
