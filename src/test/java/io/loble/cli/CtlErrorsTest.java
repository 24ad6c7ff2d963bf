package io.loble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong is said in words, on the error stream, and in the exit code. */
class CtlErrorsTest {

  private FakeAdmin admin;

  @BeforeEach
  void start() {
    admin = FakeAdmin.start();
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  @ParameterizedTest
  @CsvSource({"400, 2", "403, 1", "404, 1", "409, 1", "413, 1", "422, 2", "500, 1", "503, 1"})
  void aRefusal(int status, int code) {
    JsonObject problem =
        new JsonObject().put("title", "No").put("status", status).put("detail", "why not");
    admin.problem("GET /api/v1/status", status, problem);
    assertThat(Ctl.run(admin, "status")).isEqualTo(new Ctl.Answer(code, "", "why not\n"));
    assertThat(Ctl.run(admin, "status", "--json"))
        .isEqualTo(new Ctl.Answer(code, "", problem.encodePrettily() + "\n"));
  }

  /** An object as RFC 9457 has it on the error stream, and nothing on the other. */
  @Test
  void asJson() {
    assertProblem(Ctl.bare("--json", "--admin", "a?b=c", "status"), 2, "Bad usage", "--admin: ");
    assertProblem(Ctl.run(admin, "rm", "a", "now", "--json"), 2, "Bad usage", "\"now\" is not ");
    assertProblem(Ctl.bare("--json", "weight", "a", "b"), 2, "Bad usage", "Invalid value ");
    assertProblem(Ctl.run(admin, "--json", "status"), 1, "Failed", "http://");
    admin.answer("GET /api/v1/config", "<html>");
    assertProblem(Ctl.run(admin, "--json", "config"), 1, "Failed", "http://");
    String address = admin.address();
    admin.close();
    assertProblem(
        Ctl.bare("--json", "--admin", address, "status"), 1, "Unreachable", "cannot reach ");
  }

  private static void assertProblem(Ctl.Answer answer, int code, String title, String detail) {
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.out()).isEmpty();
    JsonObject problem = new JsonObject(answer.err());
    assertThat(problem.getString("type")).isEqualTo("about:blank");
    assertThat(problem.getString("title")).isEqualTo(title);
    assertThat(problem.getString("detail")).startsWith(detail);
  }

  @Test
  void noToken() {
    admin.problem("GET /api/v1/status", 401, new JsonObject().put("detail", "a header is missing"));
    String said =
        "http://%s asks for a token; give --token-file FILE, or set LOBLE_TOKEN_FILE"
            .formatted(admin.address());
    assertThat(Ctl.run(admin, "status")).isEqualTo(new Ctl.Answer(1, "", said + "\n"));
    assertThat(new JsonObject(Ctl.run(admin, "status", "--json").err()).getString("detail"))
        .isEqualTo(said);
  }

  @Test
  void aTokenThatIsNotRight(@TempDir Path directory) throws IOException {
    admin.problem("GET /api/v1/status", 401, new JsonObject().put("detail", "a header is missing"));
    Path file = Files.writeString(directory.resolve("token"), "s3cret");
    assertThat(Ctl.run(admin, "status", "--token-file", file.toString()))
        .isEqualTo(
            new Ctl.Answer(
                1,
                "",
                "http://%s does not accept the token in %s; see --token-file%n"
                    .formatted(admin.address(), file)));
  }

  @Test
  void severalErrors() {
    JsonObject first =
        new JsonObject()
            .put("source", "new.toml")
            .put("line", 3)
            .put("column", 7)
            .put("key", "health.interval")
            .put("reason", "expected a duration");
    JsonObject second = new JsonObject().put("source", "environment").put("reason", "no good");
    admin.problem(
        "POST /api/v1/config/reload",
        422,
        new JsonObject()
            .put("detail", "not a valid configuration")
            .put("errors", new JsonArray().add(first).add(second)));
    assertThat(Ctl.run(admin, "reload"))
        .isEqualTo(
            new Ctl.Answer(
                2,
                "",
                """
                not a valid configuration
                new.toml:3:7: health.interval: expected a duration
                environment: no good
                """));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "[]", "{\"detail\": null}", "{\"errors\": []}"})
  void aRefusalBySomethingElse(String body) {
    admin.answer("GET /api/v1/status", 502, body);
    assertThat(Ctl.run(admin, "status"))
        .isEqualTo(
            new Ctl.Answer(1, "", "http://" + admin.address() + " answered with status 502\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "[]", "7", "{\"pools\": 3}", "{\"pools\": [3]}"})
  void anAnswerOfSomethingElse(String body) {
    admin.answer("GET /api/v1/status", body);
    Ctl.Answer answer = Ctl.run(admin, "status");
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err())
        .isEqualTo(
            "http://%s gave an answer that is none of Loble's; is this its [admin] address?%n",
            admin.address());
  }

  @Test
  void nobodyThere() {
    String address = admin.address();
    admin.close();
    assertThat(Ctl.bare("--admin", address, "status"))
        .isEqualTo(
            new Ctl.Answer(
                1,
                "",
                "cannot reach http://"
                    + address
                    + ": connection refused; is it running, and is this its [admin] address?\n"));
  }

  @Test
  void noAnswerInTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort();
      assertThat(Ctl.bare("status", "--admin", url, "--timeout", "20ms"))
          .isEqualTo(new Ctl.Answer(1, "", url + " has not answered within 20ms\n"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "127.0.0.1:9090:1", "ftp://x", "http://", "http://a b", "a?b=c"})
  void aBadAddress(String address) {
    Ctl.Answer answer = Ctl.bare("status", "--admin=" + address);
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err())
        .isEqualTo(
            "--admin: expected a URL such as http://127.0.0.1:9090, found \"%s\"%n", address);
  }

  static Stream<Arguments> badWords() {
    return Stream.of(
        Arguments.of(
            "add a:1 wieght=3",
            "\"wieght=3\" is not known here; known: weight=…, pool=…, name=…, max_connections=…,"
                + " priority=…, state=…"),
        Arguments.of("rm a now", "\"now\" is not known here; known: pool=…, timeout=…"),
        Arguments.of("ready a timeout=3s", "\"timeout=3s\" is not known here; known: pool=…"),
        Arguments.of("add a:1 weight=x", "weight: expected a whole number, found \"x\""),
        Arguments.of("add a:1 pool=", "pool: expected a value, found \"\""),
        Arguments.of("add a:1 name=a name=b", "name is given twice"),
        Arguments.of("listener set pg burst=x", "burst: expected a whole number, found \"x\""),
        Arguments.of(
            "listener set pg allow=10.0.0.0/8,",
            "allow: expected values with commas between, found \"10.0.0.0/8,\""),
        Arguments.of(
            "listener set pg routes=db",
            "routes: expected an array of objects as JSON, such as"
                + " [{\"client\": [\"10.0.0.0/8\"], \"pool\": \"db\"}], found \"db\""),
        Arguments.of("reload reset=yes", "reset: expected true or false, found \"yes\""));
  }

  @ParameterizedTest
  @MethodSource("badWords")
  void aBadWord(String line, String said) {
    assertThat(Ctl.run(admin, line.split(" "))).isEqualTo(new Ctl.Answer(2, "", said + "\n"));
    assertThat(admin.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "drain",
        "weight a",
        "weight a b",
        "rollback x",
        "pool",
        "listener add a",
        "listener set a",
        "watch --interval 0s",
        "status --timeout 3",
        "status extra"
      })
  void aBadLine(String line) {
    Ctl.Answer answer = Ctl.bare(line.isEmpty() ? new String[0] : line.split(" "));
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err()).contains("Usage: loble ctl").doesNotContain("Exception");
  }

  @Test
  void anUnknownCommand() {
    Ctl.Answer answer = Ctl.bare("statsu");
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("'statsu'", "ctl status");
  }

  @Test
  void aTokenIsSent(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("token"), "  s3cret\n");
    admin.answer("GET /api/v1/config", "{}");
    Ctl.run(admin, "config");
    assertThat(admin.last().header("Authorization")).isEmpty();
    Ctl.run(admin, "config", "--token-file", file.toString());
    assertThat(admin.last().header("Authorization")).isEqualTo("Bearer s3cret");
    for (String content : List.of("alice s3cret", "# mine\nalice  s3cret\n", "#1\ns3cret")) {
      Files.writeString(file, content);
      Ctl.run(admin, "config", "--token-file", file.toString());
      assertThat(admin.last().header("Authorization")).isEqualTo("Bearer s3cret");
    }
    Files.writeString(file, "#s3:cret\n");
    Ctl.run(admin, "config", "--token-file", file.toString());
    assertThat(admin.last().header("Authorization")).isEqualTo("Bearer #s3:cret");
  }

  @Test
  void aBadTokenFile(@TempDir Path directory) throws IOException {
    Path missing = directory.resolve("missing");
    Path empty = Files.writeString(directory.resolve("empty"), "\n");
    Path several = Files.writeString(directory.resolve("several"), "one\ntwo\n");
    assertThat(withToken(missing)).isEqualTo("--token-file: " + missing + ": no such file\n");
    assertThat(withToken(empty))
        .isEqualTo("--token-file: " + empty + " is empty; it should hold the token\n");
    assertThat(withToken(several))
        .isEqualTo(
            "--token-file: "
                + several
                + " should hold one token, or one line with a name and a token, and nothing"
                + " else\n");
    assertThat(withToken(directory)).startsWith("--token-file: " + directory + " cannot be read: ");
    assertThat(admin.received()).isEmpty();
  }

  private String withToken(Path file) {
    Ctl.Answer answer = Ctl.run(admin, "status", "--token-file", file.toString());
    assertThat(answer.code()).isEqualTo(2);
    return answer.err();
  }

  /** A variable of the environment cannot be set from here; properties are looked up as well. */
  @Test
  void defaultsFromTheEnvironment(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("token"), "s3cret");
    admin.answer("GET /api/v1/config", "{\"toml\": \"x\"}");
    System.setProperty("LOBLE_ADMIN", "http://" + admin.address() + "/");
    System.setProperty("LOBLE_TOKEN_FILE", file.toString());
    try {
      assertThat(Ctl.bare("config")).isEqualTo(new Ctl.Answer(0, "x\n", ""));
    } finally {
      System.clearProperty("LOBLE_ADMIN");
      System.clearProperty("LOBLE_TOKEN_FILE");
    }
    assertThat(admin.last().header("Authorization")).isEqualTo("Bearer s3cret");
  }
}
