package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A configuration that cannot be used ends the process with 2 and says what is wrong where, on
 * standard error. Many more cases, without a process each, are in {@code BadConfigTest}.
 */
class BadConfigIT {

  private static final String CONF = "{\"config\": \"loble.toml\"}";

  @Test
  void everyErrorIsNamedAtOnce(@TempDir Path directory) throws Exception {
    String toml =
        "[listener]\nadress = \"127.0.0.1:0\"\n[[backends]]\naddress = 'b:1'\nweight = -1\n";
    Files.writeString(directory.resolve("loble.toml"), toml);
    for (String command : new String[] {"run", "check"}) {
      try (Program program = Loble.start(directory, Map.of(), command, "-conf", CONF)) {
        assertThat(program.exitCode()).isEqualTo(2);
        assertThat(program.err())
            .contains("loble.toml:2:1: listener.adress: unknown key; did you mean 'address'?")
            .contains("loble.toml:5:1: backends[0].weight: expected an integer from 0 to 256")
            .doesNotContain("Exception");
        assertThat(program.out()).isEmpty();
      }
    }
  }

  @Test
  void withoutAFileItSaysWhatToDo(@TempDir Path directory) {
    try (Program program = Loble.start(directory, Map.of())) {
      assertThat(program.exitCode()).isEqualTo(2);
      assertThat(program.err())
          .contains("conf/loble.toml: no such file", "set LB_PORT and LB_BACKENDS");
    }
  }

  @Test
  void theEnvironmentIsNamedToo(@TempDir Path directory) {
    Map<String, String> environment = Map.of("LB_PORT", "0", "LB_BACKENDS", "b:1;weight=257");
    try (Program program = Loble.start(directory, environment, "check")) {
      assertThat(program.exitCode()).isEqualTo(2);
      assertThat(program.err()).contains("LB_BACKENDS", "b:1;weight=257", "256");
    }
  }
}
