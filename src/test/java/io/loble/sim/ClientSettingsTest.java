package io.loble.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.loble.model.HostPort;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {

  private static final String FULL =
      """
      {"target": "localhost:9000", "rate": 0.5, "duration": "30s", "seed": 42,
       "weights": {"real": 3, "idle": 1}, "max_clients": 100, "timeout": "2s"}
      """;

  @Test
  void theTargetIsEnough() throws ConfigException {
    ClientSettings settings = ClientSettings.fromEnvironment(Map.of("CLIENT_TARGET", "lb:9000"));
    assertThat(settings).isEqualTo(ClientSettings.defaults(new HostPort("lb", 9000)));
    assertThat(settings.weights().values()).containsExactly(50, 20, 15, 10, 5);
  }

  @Test
  void readsEveryKey() throws ConfigException {
    ClientSettings settings = ClientSettings.fromJson(new JsonObject(FULL));
    assertThat(settings.target()).isEqualTo(new HostPort("localhost", 9000));
    assertThat(settings.rate()).isEqualTo(0.5);
    assertThat(settings.duration()).contains(Duration.ofSeconds(30));
    assertThat(settings.seed()).isEqualTo(OptionalLong.of(42));
    assertThat(settings.weights().values()).containsExactly(3, 0, 0, 1, 0);
    assertThat(settings.maxClients()).isEqualTo(100);
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void itsJsonReadsBackToTheSame() throws ConfigException {
    ClientSettings full = ClientSettings.fromJson(new JsonObject(FULL));
    assertThat(ClientSettings.fromJson(full.toJson())).isEqualTo(full);
  }

  @Test
  void theEnvironmentWins() throws ConfigException {
    Map<String, String> environment = Map.of("CLIENT_TARGET", "[::1]:1", "CLIENT_RATE", "7.5");
    ClientSettings settings = ClientSettings.of(new JsonObject(FULL), environment);
    assertThat(settings.target()).isEqualTo(new HostPort("::1", 1));
    assertThat(settings.rate()).isEqualTo(7.5);
  }

  @Test
  void everyProblemIsReported() {
    String bad =
        """
        {"target": "nowhere", "rate": 0, "duration": "long", "seed": 1.5, "max_client": 1,
         "weights": {"rael": 1, "slow": -1}}
        """;
    ConfigException thrown =
        catchThrowableOfType(
            ConfigException.class, () -> ClientSettings.fromJson(new JsonObject(bad)));
    assertThat(thrown.errors())
        .extracting(ConfigError::toString)
        .containsExactlyInAnyOrder(
            "-conf: max_client: unknown key; did you mean \"max_clients\"?",
            "-conf: target: must be \"host:port\" with a port from 1, not \"nowhere\"",
            "-conf: rate: must be a number above 0, at most 100000, not 0",
            "-conf: duration: must be a duration such as \"250ms\", \"30s\" or \"5m\", not"
                + " \"long\"",
            "-conf: seed: must be a whole number, not 1.5",
            "-conf: weights.rael: unknown key; did you mean \"real\"?",
            "-conf: weights.slow: must be a whole number from 0 to 1000000, not -1",
            "-conf: weights.real: some kind must have a weight above 0");
  }

  @Test
  void aMissingTargetIsAnError() {
    ConfigException thrown =
        catchThrowableOfType(
            ConfigException.class, () -> ClientSettings.fromJson(new JsonObject()));
    assertThat(thrown).hasMessageContaining("target: is missing");
  }
}
