package io.loble.sim.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ServerSettingsTest {

  private static final String FULL =
      """
      {"host": "127.0.0.1", "port": 8081, "id": "server-2", "delay_ms": 150, "max_conns": 10,
       "timeout_secs": 30, "chaos_pct": 5, "hang_ms": 2000, "control_port": 9001, "seed": -7,
       "stats": "90s", "stop_ms": 500, "latency": "uniform 10 50.5", "reset_after": 5000000000,
       "bandwidth": 1000, "corrupt_pct": 3, "stop_reading": true, "freeze_accept": true,
       "half_open": true, "backlog": 5}
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
                "127.0.0.1",
                8081,
                "server-2",
                OptionalInt.of(9001),
                OptionalLong.of(-7),
                Optional.of(Duration.ofSeconds(90)),
                5,
                new ServerBehaviour(
                    150,
                    new LatencyModel.Uniform(10, 50.5),
                    2000,
                    10,
                    30,
                    5,
                    500,
                    new ServerFaults(5_000_000_000L, 1000, 3, true, true, true))));
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
        Map.ofEntries(
            Map.entry("SERVER_HOST", "::1"),
            Map.entry("SERVER_PORT", "1"),
            Map.entry("SERVER_ID", "x"),
            Map.entry("SERVER_DELAY_MS", "2"),
            Map.entry("SERVER_MAX_CONNS", "3"),
            Map.entry("SERVER_TIMEOUT_SECS", "4"),
            Map.entry("SERVER_CHAOS_PCT", "5"),
            Map.entry("SERVER_HANG_MS", "6"),
            Map.entry("SERVER_CONTROL_PORT", "7"),
            Map.entry("SERVER_SEED", "8"),
            Map.entry("SERVER_STATS", "9ms"),
            Map.entry("SERVER_STOP_MS", "10"),
            Map.entry("SERVER_LATENCY", "pareto 10 1.5"),
            Map.entry("SERVER_RESET_AFTER", "11"),
            Map.entry("SERVER_BANDWIDTH", "12"),
            Map.entry("SERVER_CORRUPT_PCT", "13"),
            Map.entry("SERVER_STOP_READING", "false"),
            Map.entry("SERVER_FREEZE_ACCEPT", "0"),
            Map.entry("SERVER_HALF_OPEN", "1"),
            Map.entry("SERVER_BACKLOG", "14"),
            Map.entry("PATH", "/bin"));
    ServerSettings settings = ServerSettings.of(new JsonObject(FULL), environment);
    assertThat(settings)
        .isEqualTo(
            new ServerSettings(
                "::1",
                1,
                "x",
                OptionalInt.of(7),
                OptionalLong.of(8),
                Optional.of(Duration.ofMillis(9)),
                14,
                new ServerBehaviour(
                    2,
                    new LatencyModel.Pareto(10, 1.5),
                    6,
                    3,
                    4,
                    5,
                    10,
                    new ServerFaults(11, 12, 13, false, false, true))));
  }

  @Test
  void aBlankVariableIsAbsent() throws ConfigException {
    assertThat(ServerSettings.fromEnvironment(Map.of("SERVER_ID", " ")).id()).isEqualTo("server");
  }

  @Test
  void everyProblemIsReportedWithItsSource() {
    JsonObject json =
        new JsonObject("{\"prt\": 1, \"port\": \"80\", \"chaos_pct\": 101, \"delay_ms\": 1.5}");
    ConfigException thrown =
        catchThrowableOfType(
            ConfigException.class,
            () -> ServerSettings.of(json, Map.of("SERVER_HANG_MS", "soon", "SERVER_PORT", "-1")));
    assertThat(thrown.errors())
        .extracting(ConfigError::toString)
        .containsExactlyInAnyOrder(
            "-conf: prt: unknown key; did you mean 'port'?",
            "-conf: port: expected an integer from 0 to 65535, found the string \"80\"",
            "-conf: delay_ms: expected an integer from 0 to 3600000, found 1.5",
            "-conf: chaos_pct: expected an integer from 0 to 100, found 101",
            "environment: SERVER_PORT: expected an integer from 0 to 65535, found the string"
                + " \"-1\"",
            "environment: SERVER_HANG_MS: expected an integer from 0 to 3600000, found the string"
                + " \"soon\"");
  }

  @Test
  void everyBadFaultSaysWhatWouldBeRight() {
    JsonObject json =
        new JsonObject()
            .put("latency", "uniform 50 10")
            .put("reset_after", -1)
            .put("bandwidth", "1k")
            .put("half_open", 1)
            .put("backlog", 0)
            .put("stats", "25h");
    ConfigException thrown =
        catchThrowableOfType(
            ConfigException.class,
            () -> ServerSettings.of(json, Map.of("SERVER_FREEZE_ACCEPT", "yes")));
    assertThat(thrown.errors())
        .extracting(ConfigError::toString)
        .containsExactlyInAnyOrder(
            "-conf: latency: expected "
                + LatencyModel.FORMS
                + ", found the string \"uniform 50 10\"",
            "-conf: reset_after: expected an integer from 0 to 1000000000000, found -1",
            "-conf: bandwidth: expected an integer from 0 to 1000000000000, found the string \"1k\"",
            "-conf: half_open: expected true or false, found 1",
            "-conf: backlog: expected an integer from 1 to 65535, found 0",
            "-conf: stats: expected a duration from 1ms to 24h, such as \"30s\", found the string \"25h\"",
            "environment: SERVER_FREEZE_ACCEPT: expected true or false, found the string \"yes\"");
  }

  @Test
  void changesAreMadeOnTopOfWhatHolds() throws ConfigException {
    ServerBehaviour before = ServerSettings.fromJson(new JsonObject(FULL)).behaviour();
    JsonObject changes = new JsonObject().put("delay_ms", 7).put("latency", "fixed 3");
    ServerBehaviour after = ServerBehaviour.change(changes).apply(before);
    JsonObject expected = ServerSettings.fromJson(new JsonObject(FULL)).toJson().mergeIn(changes);
    assertThat(ServerSettings.defaults().behaving(after).toJson())
        .isEqualTo(
            ServerSettings.defaults()
                .behaving(ServerSettings.fromJson(expected).behaviour())
                .toJson());
  }

  @Test
  void changesKnowWhatIsFixedAndWhatIsUnknown() {
    JsonObject changes = new JsonObject().put("port", 1).put("delay_m", 2).putNull("hang_ms");
    ConfigException thrown =
        catchThrowableOfType(ConfigException.class, () -> ServerBehaviour.change(changes));
    assertThat(thrown.errors())
        .extracting(ConfigError::toString)
        .containsExactlyInAnyOrder(
            "settings: port: is fixed when the server starts",
            "settings: delay_m: unknown key; did you mean 'delay_ms'?",
            "settings: hang_ms: must have a value, not null");
  }
}
