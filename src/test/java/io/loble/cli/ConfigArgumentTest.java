package io.loble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.tls.TestCertificates;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A configuration file is named as people name it first, and what is odd about it is said. */
class ConfigArgumentTest {

  private static final String GOOD =
      """
      [listener]
      address = "127.0.0.1:9000"
      [[backends]]
      address = "10.0.0.1:80"
      """;

  @TempDir private Path directory = Path.of("");
  private Path toml = Path.of("");
  private Path json = Path.of("");

  /** What a command answered. */
  private record Answer(int code, String out, String err) {}

  @BeforeEach
  void files() throws IOException {
    toml = Files.writeString(directory.resolve("x.toml"), GOOD);
    json =
        Files.writeString(
            directory.resolve("x.json"),
            new JsonObject().put("id", "lb-9").put("config", toml.toString()).encode());
  }

  @Test
  void aFileIsTakenDirectly() {
    Answer named = execute("check", "-conf", "{\"config\": \"" + toml + "\"}");
    assertThat(named).isEqualTo(new Answer(0, named.out(), "OK\n"));
    assertThat(named.out()).contains("address = \"10.0.0.1:80\"");
    assertThat(execute("check", toml.toString())).isEqualTo(named);
    assertThat(execute("check", "-conf", toml.toString())).isEqualTo(named);
    assertThat(execute("check", json.toString()).out()).startsWith("# lb-9\n");
    assertThat(execute("check", json.toString()).out().substring("# lb-9".length()))
        .isEqualTo(named.out().substring("# lb-1".length()));
  }

  @Test
  void theOptionMayStandBeforeTheCommand() {
    Answer behind = execute("check", "-conf", toml.toString());
    assertThat(behind.code()).isZero();
    assertThat(execute("-conf", toml.toString(), "check")).isEqualTo(behind);
    assertThat(execute("-conf", toml.toString(), "check", json.toString()).err())
        .contains("the configuration is given twice: as -conf " + toml + ", and as " + json);
    assertThat(execute("-conf", toml.toString(), "check", "-conf", json.toString()).err())
        .contains("the configuration is given twice: as -conf " + toml + ", and as -conf " + json);
  }

  @ParameterizedTest
  @CsvSource({
    "missing.toml, no such file; create it",
    "missing.json, no such file; expected a TOML file",
    "., is a directory; expected a TOML file",
    "haproxy.cfg, is not a JSON object; expected a TOML file",
    "broken.json, not a JSON object: Unexpected",
    "array.json, not a JSON object: it does not begin with {"
  })
  void whatIsNoConfigurationIsSaid(String name, String said) throws IOException {
    Files.writeString(directory.resolve("haproxy.cfg"), "global\n  maxconn 100\n");
    Files.writeString(directory.resolve("broken.json"), "{\"config\": ");
    Files.writeString(directory.resolve("array.json"), "[listener]");
    String file = directory.resolve(name).toString();
    for (String[] arguments :
        new String[][] {{"check", file}, {"run", file}, {"check", "-conf", file}, {file}}) {
      Answer answer = execute(arguments);
      assertThat(answer.code()).isEqualTo(2);
      assertThat(answer.err())
          .startsWith(file + ": " + said)
          .doesNotContain("Exception", "REDACTED");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "check"})
  void itIsGivenOnce(String command) {
    Answer answer = execute(command, "-conf", json.toString(), toml.toString());
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("given twice: as -conf " + json + ", and as " + toml);
  }

  @Test
  void aMistypedCommandIsNoFile() {
    Answer answer = execute("chekc");
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err())
        .startsWith("'chekc' is neither a command nor a file\nDid you mean: loble check");
  }

  @Test
  void simulatorsSayThatTheyTakeJson() {
    Answer answer = execute("client", "-conf", toml.toString());
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).startsWith(toml + ": is not a JSON object; -conf takes the path of a");
  }

  @Test
  void warningsComeBeforeTheOk() throws IOException {
    Files.writeString(
        toml,
        GOOD
            + """
            [health.active]
            interval = "1s"
            timeout = "5s"
            [pools.spare]
            [[listeners]]
            name = "empty"
            address = "127.0.0.1:9001"
            pool = "empty"
            [pools.empty.health.active]
            timeout = "1s"
            [[listeners]]
            name = "resting"
            address = "127.0.0.1:9002"
            pool = "resting"
            [[pools.resting.backends]]
            address = "10.0.0.2:80"
            weight = 0
            """);
    Answer answer = execute("check", toml.toString());
    assertThat(answer.code()).isZero();
    assertThat(answer.out()).doesNotContain("warning", "OK");
    assertThat(answer.err().lines())
        .containsExactly(
            "warning: "
                + toml
                + ": health.active.timeout: 5s is longer than the interval, 1s (pools default,"
                + " spare, resting): a backend that does not answer is probed once in 5s",
            "warning: " + toml + ": pools.spare: no listener uses this pool",
            "warning: "
                + toml
                + ": pools.empty.backends: there is none, so every client of this pool is refused",
            "warning: "
                + toml
                + ": pools.resting.backends: none takes new clients (weight 0, drain or"
                + " maintenance), so every client of this pool is refused",
            "OK");
  }

  @Test
  void theFilesOfTlsAreLookedAt(@TempDir Path directory) throws IOException {
    X509Bundle bundle = TestCertificates.leaf(TestCertificates.AUTHORITY, "a.example");
    Path both = directory.resolve("both.pem");
    Files.writeString(both, bundle.getCertificatePathPEM() + bundle.getPrivateKeyPEM());
    Files.setPosixFilePermissions(both, PosixFilePermissions.fromString("rw-r--r--"));
    String certificate = "[[listener.tls.certificates]]\ncert = '%s'\nkey = '%s'\n";
    Files.writeString(toml, GOOD + certificate.formatted(both, both));
    Answer answer = execute("check", toml.toString());
    assertThat(answer.code()).isZero();
    assertThat(answer.err())
        .isEqualTo(
            "warning: %s: listeners.default.tls.certificates[0].key: every user of this machine can"
                    .formatted(toml)
                + " read %s (rw-r--r--); take that away with chmod o=\nOK\n".formatted(both));

    Files.writeString(toml, GOOD + certificate.formatted(both, directory));
    assertThat(execute("check", toml.toString()).err())
        .endsWith("key: " + directory + ": is a directory, not a file\n");
  }

  @Test
  void whatTheTransportCannotDoIsAWarning() throws IOException {
    Files.writeString(
        toml,
        GOOD
            + """
            [[listeners]]
            name = "six"
            address = "[::]:9001"
            v6only = true
            """);
    String nio = "{\"config\": \"" + toml + "\", \"transport\": \"nio\"}";
    Answer answer = execute("check", "-conf", nio);
    assertThat(answer.code()).isZero();
    assertThat(answer.err())
        .contains("listener 'six': v6only needs transport epoll; with nio it cannot be opened")
        .endsWith("OK\n");
  }

  @Test
  void aListenerThatIsItsOwnBackendStaysAnError() throws IOException {
    Files.writeString(toml, GOOD.replace("10.0.0.1:80", "127.0.0.1:9000"));
    Answer answer = execute("check", toml.toString());
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("is the listener \"default\"").doesNotContain("OK");
  }

  @Test
  void withoutAClusterManagerThereIsNoCluster() {
    Answer answer = execute("run", "-cluster", toml.toString());
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err())
        .startsWith("-cluster: no cluster manager for Vert.x is on the class path")
        .contains("vertx-hazelcast")
        .doesNotContain("Exception");
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
