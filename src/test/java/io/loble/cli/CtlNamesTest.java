package io.loble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that the shell completes are those that the running balancer has. */
class CtlNamesTest {

  /** Completes a line as bash does; what it calls {@code loble} notes how. */
  private static final String SHELL =
      """
      source "$1"
      loble() { echo "$*" >calls; printf '127.0.0.1:8081\\n127.0.0.1:8082\\nweb-1\\n'; }
      COMP_LINE=$2 COMP_POINT=${#2} COMP_WORDS=($2) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
      COMP_WORDBREAKS=' :='
      _loble_complete loble
      echo "${COMPREPLY[*]}"
      """;

  private FakeAdmin admin;

  @BeforeEach
  void start() {
    admin =
        FakeAdmin.start()
            .answer(
                "GET /api/v1/pools",
                "[{\"name\": \"web\", \"backends\": [{\"name\": \"b\"}, {\"name\": \"a\"}]},"
                    + " {\"name\": \"db\", \"backends\": [{\"name\": \"a\"}]}]")
            .answer("GET /api/v1/listeners", "[{\"name\": \"pg\"}]");
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  @Test
  void ofTheRunningBalancer() {
    assertThat(Ctl.run(admin, "names", "backends")).isEqualTo(new Ctl.Answer(0, "a\nb\n", ""));
    assertThat(Ctl.run(admin, "names", "pools").out()).isEqualTo("db\nweb\n");
    assertThat(Ctl.run(admin, "names", "listeners").out()).isEqualTo("pg\n");
  }

  @Test
  void ofNoneThereAreNone() {
    String address = admin.address();
    admin.close();
    assertThat(Ctl.bare("names", "pools", "--admin", address)).isEqualTo(new Ctl.Answer(0, "", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "'loble ctl drain ', 127.0.0.1:8081 127.0.0.1:8082 web-1",
    "'loble ctl drain w', web-1",
    "'loble ctl rm 127.0.0.1:80', 8081 8082",
    "'loble ctl weight a pool=w', web-1",
    "'loble ctl connections backend=127.0.0.1:', 8081 8082",
    "'loble ctl pool rm w', web-1",
    "'loble ctl listener rm w', web-1",
    "'loble ctl listener set w', web-1",
    "'loble ctl listener se', set",
    "'loble ctl dra', drain",
    "'loble ctl drain --admi', --admin"
  })
  void aLineIsCompleted(String line, String expected, @TempDir Path directory)
      throws IOException, InterruptedException {
    assertThat(completed(directory, line).strip()).isEqualTo(expected);
  }

  @Test
  void theBalancerOfTheLineIsAsked(@TempDir Path directory)
      throws IOException, InterruptedException {
    completed(directory, "loble ctl --admin h:1 --json --token-file x ready ");
    assertThat(directory.resolve("calls"))
        .hasContent("ctl names backends --timeout 1s --admin h:1 --token-file x");
  }

  private static String completed(Path directory, String line)
      throws IOException, InterruptedException {
    Path script = Files.writeString(directory.resolve("script"), Ctl.bare("completion").out());
    Process bash =
        new ProcessBuilder("bash", "-c", SHELL, "bash", script.toString(), line)
            .directory(directory.toFile())
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).isZero();
    return said;
  }
}
