package io.loble.cli;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as editors, file systems and hostile hands leave them. */
@Timeout(60)
class OddFilesTest {

  private static final String MARK = "\uFEFF";

  private static final String GOOD =
      """
      [listener]
      address = "127.0.0.1:9000"
      [[backends]]
      address = "10.0.0.1:80"
      """;

  @TempDir private Path directory = Path.of("");

  /** What a command answered. */
  private record Answer(int code, String out, String err) {}

  @Test
  void aByteOrderMarkIsSkipped() throws IOException {
    Answer plain = check(file(GOOD, UTF_8));
    assertThat(plain.code()).as(plain.err()).isZero();
    assertThat(check(file(MARK + GOOD, UTF_8))).isEqualTo(plain);
    Path conf = directory.resolve("conf.json");
    Files.writeString(conf, MARK + conf(file(GOOD, UTF_8)));
    assertThat(execute("check", "-conf", conf.toString())).isEqualTo(plain);
  }

  @Test
  void aByteOrderMarkMovesNoColumn() throws IOException {
    assertThat(check(file(MARK + "lisener = 1\n" + GOOD, UTF_8)).err())
        .contains("loble.toml:1:1: lisener: unknown key; did you mean 'listener'?");
  }

  static Stream<Arguments> wide() {
    return Stream.of(
        Arguments.of(GOOD, UTF_16LE),
        Arguments.of(GOOD, UTF_16BE),
        Arguments.of(MARK + GOOD, UTF_16LE),
        Arguments.of(MARK + GOOD, UTF_16BE));
  }

  @ParameterizedTest
  @MethodSource("wide")
  void utf16IsSaidToBeSo(String text, Charset charset) throws IOException {
    Path file = file(text, charset);
    assertRefused(check(file), file + ": is UTF-16 text; save it as UTF-8\n");
    Path conf = Files.write(directory.resolve("conf.json"), conf(file).getBytes(charset));
    assertRefused(
        execute("check", "-conf", conf.toString()), conf + ": is UTF-16 text; save it as UTF-8\n");
  }

  @Test
  void otherEncodingsAreRefused() throws IOException {
    Path file = Files.write(directory.resolve("loble.toml"), new byte[] {'#', (byte) 0xe9, '\n'});
    assertRefused(check(file), file + ": is not UTF-8 text; save it as such\n");
  }

  @Test
  void scenariosMayBeginWithAByteOrderMarkToo() throws IOException {
    Path scenario = Files.writeString(directory.resolve("s.json"), MARK + "{\"nmae\": 1}");
    assertThat(execute("scenario", scenario.toString()).err()).contains("nmae: unknown key");
    Files.writeString(scenario, "{\"name\": \"a\", \"name\": \"b\"}");
    assertThat(execute("scenario", scenario.toString()).err())
        .startsWith(scenario + ": not a JSON object: Duplicate field 'name'");
  }

  @Test
  void whatIsNoFileIsNotWaitedFor() throws Exception {
    Path pipe = pipe("loble.toml");
    for (String command : new String[] {"check", "run"}) {
      assertRefused(
          execute(command, "-conf", conf(pipe)),
          pipe + ": cannot be read: is not a regular file\n");
    }
    assertRefused(check(directory), directory + ": cannot be read: is a directory, not a file\n");
  }

  @Test
  void norIsATokenThatIsNone() throws Exception {
    Path pipe = pipe("token");
    Path file = file(GOOD + "[admin]\ntoken_file = \"" + pipe + "\"\n", UTF_8);
    assertRefused(
        check(file),
        file
            + ":6:1: admin.token_file: \""
            + pipe
            + "\" is not a file that can be read; create it, or correct the path\n");
  }

  @Test
  void aPipeMayBeNamedOnTheCommandLine() throws Exception {
    Path pipe = pipe("conf.json");
    Path file = file(GOOD, UTF_8);
    Thread writer =
        new Thread(
            () -> {
              try {
                Files.writeString(pipe, conf(file));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    writer.start();
    assertThat(execute("check", "-conf", pipe.toString())).isEqualTo(check(file));
    writer.join();
  }

  @Test
  void aFileWithoutEndIsRefused() throws IOException {
    Path file = directory.resolve("loble.toml");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(1L << 40);
    }
    assertRefused(check(file), file + ": cannot be read: has more than 16 MiB\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"config\": \"x\", \"config\": \"y\"}",
        "{\"overrides\": {\"limits\": {\"config\": 1, \"config\": 2}}}"
      })
  void aKeyThatStandsTwiceInConfIsNamed(String conf) {
    for (String command : new String[] {"check", "run", "server", "client"}) {
      assertRefused(
          execute(command, "-conf", conf), "-conf: not a JSON object: Duplicate field 'config'\n");
    }
  }

  @Test
  void instancesAreBoundedAndTheReasonIsSaid() throws IOException {
    JsonObject conf = new JsonObject(conf(file(GOOD, UTF_8)));
    String said =
        "-conf: instances: expected an integer from 0 to 1024"
            + " (each is an event loop, and one a core is enough), found 2147483647\n";
    assertRefused(
        execute("check", "-conf", conf.copy().put("instances", Integer.MAX_VALUE).encode()), said);
    assertRefused(execute("run", "-conf", conf.encode(), "-instances", "2147483647"), said);
    assertThat(execute("check", "-conf", conf.put("instances", 1024).encode()).code()).isZero();
    assertThat(
            execute("client", "-conf", "{\"target\": \"127.0.0.1:1\"}", "-instances", "2147483647")
                .err())
        .startsWith("--instances must be a number from 1 to 1024");
  }

  private Path file(String text, Charset charset) throws IOException {
    return Files.write(directory.resolve("loble.toml"), text.getBytes(charset));
  }

  /** A FIFO that nobody writes to. */
  private Path pipe(String name) throws IOException, InterruptedException {
    Path pipe = directory.resolve(name);
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start();
    assertThat(made.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(made.exitValue()).isZero();
    return pipe;
  }

  private static void assertRefused(Answer answer, String said) {
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).isEqualTo(said);
    assertThat(answer.out()).isEmpty();
  }

  private static Answer check(Path file) {
    return execute("check", "-conf", conf(file));
  }

  private static String conf(Path file) {
    return new JsonObject().put("config", file.toString()).encode();
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
