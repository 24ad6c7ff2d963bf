package io.loble.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ServerSettingsTest {

  private static final String FULL =
      """
      {"host": "127.0.0.1", "port": 8081, "id": "server-2", "delay_ms": 150, "max_conns": 10,
       "timeout_secs": 30, "chaos_pct": 5, "hang_ms": 2000, "control_port": 9001}
      """;

  @Test
  void nothingConfiguredGivesTheDefaults() throws ConfigException {
    assertThat(ServerSettings.fromJson(new JsonObject())).isEqualTo(ServerSettings.defaults());
  }

  @Test
  void readsEveryKey() throws ConfigException {
    assertThat(ServerSettings.fromJson(new JsonObject(FULL)))
        .isEqualTo(
            new ServerSettings(
                "127.0.0.1", 8081, "server-2", 150, 10, 30, 5, 2000, OptionalInt.of(9001)));
  }

  @Test
  void itsJsonReadsBackToTheSame() throws ConfigException {
    ServerSettings full = ServerSettings.fromJson(new JsonObject(FULL));
    assertThat(ServerSettings.fromJson(full.toJson())).isEqualTo(full);
    ServerSettings defaults = ServerSettings.defaults();
    assertThat(ServerSettings.fromJson(defaults.toJson())).isEqualTo(defaults);
  }

  @Test
  void theEnvironmentWins() throws ConfigException {
    Map<String, String> environment =
        Map.of(
            "SERVER_PORT",
            "1",
            "SERVER_ID",
            "x",
            "SERVER_DELAY_MS",
            "2",
            "SERVER_MAX_CONNS",
            "3",
            "SERVER_TIMEOUT_SECS",
            "4",
            "SERVER_CHAOS_PCT",
            "5",
            "SERVER_HANG_MS",
            "6",
            "SERVER_CONTROL_PORT",
            "7",
            "PATH",
            "/bin");
    ServerSettings settings = ServerSettings.of(new JsonObject(FULL), environment);
    assertThat(settings)
        .isEqualTo(new ServerSettings("127.0.0.1", 1, "x", 2, 3, 4, 5, 6, OptionalInt.of(7)));
  }

  @Test
  void aBlankVariableIsAbsent() throws ConfigException {
    assertThat(ServerSettings.fromEnvironment(Map.of("SERVER_ID", " ")).id()).isEqualTo("server");
  }

  @Test
  void everyProblemIsReportedWithItsSource() {
    JsonObject json =
        new JsonObject("{\"prot\": 1, \"port\": \"80\", \"chaos_pct\": 101, \"delay_ms\": 1.5}");
    ConfigException thrown =
        catchThrowableOfType(
            ConfigException.class,
            () -> ServerSettings.of(json, Map.of("SERVER_HANG_MS", "soon", "SERVER_PORT", "-1")));
    assertThat(thrown.errors())
        .extracting(ConfigError::toString)
        .containsExactlyInAnyOrder(
            "-conf: prot: unknown key; did you mean \"port\"?",
            "-conf: port: must be a whole number from 0 to 65535, not \"80\"",
            "-conf: delay_ms: must be a whole number from 0 to 3600000, not 1.5",
            "-conf: chaos_pct: must be a whole number from 0 to 100, not 101",
            "environment: SERVER_PORT: must be a whole number from 0 to 65535, not \"-1\"",
            "environment: SERVER_HANG_MS: must be a whole number from 0 to 3600000, not"
                + " \"soon\"");
  }
}
