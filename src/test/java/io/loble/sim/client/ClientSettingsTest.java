package io.loble.sim.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.loble.model.HostPort;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientSettingsTest {

  private static final String FULL =
      """
      {"target": "localhost:9000", "rate": 0.5, "duration": "30s", "seed": 42,
       "weights": {"real": 3, "idle": 1}, "max_clients": 100, "timeout": "2s",
       "ramp_up": "5s", "bulk_bytes": "4MiB", "progress": "1s",
       "fail_above": "2.5%", "http_host": "api.example.com:81", "http_path": "/api/"}
      """;

  @Test
  void theTargetIsEnough() throws ConfigException {
    ClientSettings settings = ClientSettings.fromEnvironment(Map.of("CLIENT_TARGET", "lb:9000"));
    assertThat(settings).isEqualTo(ClientSettings.defaults(new HostPort("lb", 9000)));
    assertThat(settings.weights().values()).containsExactly(50, 20, 15, 10, 5, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void readsEveryKey() throws ConfigException {
    ClientSettings settings = ClientSettings.fromJson(new JsonObject(FULL));
    assertThat(settings.target()).isEqualTo(new HostPort("localhost", 9000));
    assertThat(settings.load()).isEqualTo(new Load.OpenLoop(0.5, Duration.ofSeconds(5)));
    assertThat(settings.duration()).contains(Duration.ofSeconds(30));
    assertThat(settings.seed()).isEqualTo(OptionalLong.of(42));
    assertThat(settings.weights().values()).containsExactly(3, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0);
    assertThat(settings.maxClients()).isEqualTo(100);
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.bulkBytes()).isEqualTo(4 << 20);
    assertThat(settings.progress()).contains(Duration.ofSeconds(1));
    assertThat(settings.failAbove()).map(FailureLimit::text).contains("2.5%");
    assertThat(settings.http())
        .isEqualTo(new HttpTarget(Optional.of("api.example.com:81"), "/api"));
  }

  @Test
  void itsJsonReadsBackToTheSame() throws ConfigException {
    ClientSettings full = ClientSettings.fromJson(new JsonObject(FULL));
    assertThat(ClientSettings.fromJson(full.toJson())).isEqualTo(full);
  }

  @Test
  void theEnvironmentWins() throws ConfigException {
    Map<String, String> environment =
        Map.of("CLIENT_TARGET", "[::1]:1", "CLIENT_RATE", "7.5", "CLIENT_FAIL_ABOVE", "10");
    ClientSettings settings = ClientSettings.of(new JsonObject(FULL), environment);
    assertThat(settings.failAbove()).contains(new FailureLimit.AtMost(10));
    assertThat(settings.target()).isEqualTo(new HostPort("::1", 1));
    assertThat(settings.load()).isEqualTo(new Load.OpenLoop(7.5, Duration.ofSeconds(5)));
  }

  @Test
  void connectionsInPlaceOfARateCloseTheLoop() throws ConfigException {
    ClientSettings settings =
        ClientSettings.fromJson(
            new JsonObject("{\"target\": \"lb:1\", \"connections\": 40, \"ramp_up\": \"0s\"}"));
    assertThat(settings.load()).isEqualTo(new Load.ClosedLoop(40, Duration.ZERO));
    assertThat(ClientSettings.fromJson(settings.toJson())).isEqualTo(settings);
  }

  @Test
  void theEnvironmentMayChooseTheOtherLoop() throws ConfigException {
    Map<String, String> environment = Map.of("CLIENT_TARGET", "lb:1", "CLIENT_CONNECTIONS", "7");
    ClientSettings settings =
        ClientSettings.of(new JsonObject("{\"rate\": 5, \"ramp_up\": \"2s\"}"), environment);
    assertThat(settings.load()).isEqualTo(new Load.ClosedLoop(7, Duration.ofSeconds(2)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "rate": 1, "connections": 1 | connections: cannot stand beside rate; choose one
          "connections": 0            | connections: expected an integer from 1 to 10000000, found 0
          "connections": 5, "max_clients": 5 | max_clients: goes with a rate only
          "bulk_bytes": "4 MB"        | bulk_bytes: expected a size such as 65536, "64KiB" or "4MiB"
          "bulk_bytes": 0             | bulk_bytes: expected a size
          "ramp_up": "fast"           | ramp_up: expected a duration such as
          "progress": -1              | progress: expected a duration such as
          "fail_above": "101%"        | fail_above: expected a share such as "5%" or 0.05, or a num
          "fail_above": -1            | fail_above: expected a share
          "http_host": "a b"          | http_host: expected a host such as "api.example.com" or "ap
          "http_path": "api"          | http_path: expected a path such as "/api"
          "http_path": "/a?b"         | http_path: expected a path such as "/api"
          "fail_above": true          | fail_above: expected a share
          """)
  void whatIsWrongIsSaid(String settings, String problem) {
    ConfigException thrown =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                ClientSettings.fromJson(
                    new JsonObject("{\"target\": \"lb:1\", " + settings + "}")));
    assertThat(thrown.errors()).hasSize(1);
    assertThat(thrown).hasMessageContaining("-conf: " + problem);
  }

  @Property
  void anySettingsReadBackToTheSame(
      @ForAll @DoubleRange(min = 0.01, max = 100_000) double rate,
      @ForAll @IntRange(min = 1, max = 10_000_000) int connections,
      @ForAll boolean open,
      @ForAll @IntRange(max = 1_000_000) int rampMillis,
      @ForAll @Size(11) List<@IntRange(max = 1_000_000) Integer> shares,
      @ForAll long seed,
      @ForAll @LongRange(min = 1, max = 1L << 40) long bulkBytes)
      throws ConfigException {
    Map<ClientKind, Integer> weights = new EnumMap<>(ClientKind.class);
    Iterator<Integer> next = shares.iterator();
    for (ClientKind kind : ClientKind.values()) {
      weights.put(kind, next.next());
    }
    weights.merge(ClientKind.REAL, 1, (share, one) -> Math.max(share, one));
    Duration ramp = Duration.ofMillis(rampMillis);
    ClientSettings settings =
        new ClientSettings(
            new HostPort("::1", 9000),
            open ? new Load.OpenLoop(rate, ramp) : new Load.ClosedLoop(connections, ramp),
            Optional.of(Duration.ofMillis(1 + rampMillis)),
            OptionalLong.of(seed),
            weights,
            open ? connections : 0,
            Duration.ofMillis(1 + rampMillis),
            bulkBytes,
            open ? HttpTarget.DEFAULT : new HttpTarget(Optional.of("api.example.com"), "/api"),
            Optional.of(ramp),
            FailureLimit.parse(open ? "0." + connections % 1000 : Integer.toString(connections)));
    JsonObject json = new JsonObject(settings.toJson().encode());
    assertThat(ClientSettings.fromJson(json)).isEqualTo(settings);
  }

  @Test
  void everyProblemIsReported() {
    String bad =
        """
        {"target": "nowhere", "rate": 0, "duration": "long", "seed": 1.5, "max_client": 1,
         "weights": {"reel": 1, "slow": -1}}
        """;
    ConfigException thrown =
        catchThrowableOfType(
            ConfigException.class, () -> ClientSettings.fromJson(new JsonObject(bad)));
    assertThat(thrown.errors())
        .extracting(ConfigError::toString)
        .containsExactlyInAnyOrder(
            "-conf: max_client: unknown key; did you mean 'max_clients'?",
            "-conf: target: expected host:port, such as \"10.0.0.1:8080\", with a port from 1 to"
                + " 65535, found the string \"nowhere\"",
            "-conf: rate: expected a number above 0 and at most 100000, found 0",
            "-conf: duration: expected a duration of at least 1ms, such as \"250ms\" or \"3s\","
                + " found the string \"long\"",
            "-conf: seed: expected an integer, found 1.5",
            "-conf: weights.reel: unknown key; did you mean 'real'?",
            "-conf: weights.slow: expected an integer from 0 to 1000000, found -1",
            "-conf: weights.real: some kind must have a weight above 0");
  }

  @Test
  void aMissingTargetIsAnError() {
    ConfigException thrown =
        catchThrowableOfType(
            ConfigException.class, () -> ClientSettings.fromJson(new JsonObject()));
    assertThat(thrown).hasMessageContaining("target: missing; expected host:port");
  }
}
