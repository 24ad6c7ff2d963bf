package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An address that somebody else listens on ends the start, with words that say which one. */
class PortInUseIT {

  private static final String CONF = "{\"config\": \"loble.toml\"}";

  @Test
  void aListenerOnATakenPort(@TempDir Path directory) throws Exception {
    try (Server other = Server.acking()) {
      String taken = "127.0.0.1:" + other.port();
      Files.writeString(
          directory.resolve("loble.toml"),
          Balancer.toml(
              "[[listeners]]\nname = \"second\"\naddress = \"" + taken + "\"\n",
              // Another port: a backend that is a listener of its own pool is refused before.
              Balancer.backend("b", 1)));
      try (Program program = Loble.start(directory, Map.of(), "run", "-conf", CONF)) {
        assertThat(program.exitCode()).isEqualTo(1);
        assertThat(program.toString())
            .containsPattern("cannot start: .*second.*" + taken + ".*in use")
            .doesNotContain("Exception", "\tat ");
      }
    }
  }

  @Test
  void anAdminInterfaceOnATakenPort(@TempDir Path directory) throws Exception {
    try (Server other = Server.acking()) {
      String taken = "127.0.0.1:" + other.port();
      String toml = Balancer.toml(Balancer.backend("b", other.port()));
      Files.writeString(
          directory.resolve("loble.toml"),
          toml.replace(
              "[admin]\naddress = \"127.0.0.1:0\"", "[admin]\naddress = \"" + taken + "\""));
      try (Program program = Loble.start(directory, Map.of(), "-conf", CONF)) {
        assertThat(program.exitCode()).isEqualTo(1);
        assertThat(program.toString())
            .containsPattern("cannot start: admin.address " + taken + ".*in use");
      }
    }
  }
}
