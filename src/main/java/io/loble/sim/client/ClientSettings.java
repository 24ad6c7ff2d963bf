package io.loble.sim.client;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.loble.config.read.AddressScalars;
import io.loble.config.read.Problems;
import io.loble.config.read.ScalarCodec;
import io.loble.config.read.Scalars;
import io.loble.config.read.TableReader;
import io.loble.model.HostPort;
import io.loble.sim.Settings;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a client simulator does.
 *
 * @param target where the clients connect
 * @param load when the next client begins
 * @param duration how long clients are started; empty for until it is stopped
 * @param seed makes the choices of a run repeatable; empty for a new one each run
 * @param weights the share of each kind, 0 for none; one entry a kind, not all 0
 * @param maxClients how many clients are active at once; 0 for no bound
 * @param timeout how long a client waits for its connection, and for each answer
 * @param bulkBytes how many bytes each {@code bulk} client sends and gets back, from 1
 * @param http how {@code http} and {@code websocket} clients name what they ask for
 * @param progress how often a line of progress is told; zero for never, empty for what is usual:
 *     never in a verticle, each second on the command line
 * @param failAbove how many clients may fail before the command fails; empty for all but all
 */
public record ClientSettings(
    HostPort target,
    Load load,
    Optional<Duration> duration,
    OptionalLong seed,
    Map<ClientKind, Integer> weights,
    int maxClients,
    Duration timeout,
    long bulkBytes,
    HttpTarget http,
    Optional<Duration> progress,
    Optional<FailureLimit> failAbove) {

  static final int MAX_WEIGHT = 1_000_000;
  static final int MAX_CLIENTS = 10_000_000;
  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
  static final long DEFAULT_BULK_BYTES = 1 << 20;
  static final long MAX_BULK_BYTES = 1L << 40;

  private static final String FAIL_ABOVE = "fail_above";
  private static final ScalarCodec<FailureLimit> FAILURE_LIMIT =
      Scalars.parsedOrNumber(FailureLimit.EXPECTED, FailureLimit::parse);
  private static final ScalarCodec<Integer> WEIGHT = Scalars.between(0, MAX_WEIGHT);

  /** The host as it is written: what it means is the resolver's concern. */
  private static final ScalarCodec<HostPort> TARGET =
      Scalars.parsed(
          AddressScalars.target().expected(),
          text -> HostPort.parse(text).filter(address -> address.port() > 0));

  private static final List<String> KEYS =
      List.of(
          "target",
          "rate",
          "connections",
          "ramp_up",
          "duration",
          "seed",
          "weights",
          "max_clients",
          "timeout",
          "bulk_bytes",
          "progress",
          FAIL_ABOVE,
          "http_host",
          "http_path");
  private static final List<String> KINDS =
      Arrays.stream(ClientKind.values()).map(ClientKind::key).toList();
  private static final HostPort NO_TARGET = new HostPort("localhost", 0);

  public ClientSettings {
    weights = Collections.unmodifiableMap(new EnumMap<>(weights));
  }

  /** Everything at its default but the target. */
  public static ClientSettings defaults(HostPort target) {
    return new ClientSettings(
        target,
        new Load.OpenLoop(LoadReader.DEFAULT_RATE, Duration.ZERO),
        Optional.empty(),
        OptionalLong.empty(),
        defaultWeights(),
        0,
        DEFAULT_TIMEOUT,
        DEFAULT_BULK_BYTES,
        HttpTarget.DEFAULT,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Reads the JSON of {@code -conf}.
   *
   * @throws ConfigException with every unknown key and bad value
   */
  public static ClientSettings fromJson(JsonObject json) throws ConfigException {
    return of(json, Map.of());
  }

  /**
   * Reads the {@code CLIENT_…} variables alone.
   *
   * @throws ConfigException with every bad value
   */
  public static ClientSettings fromEnvironment(Map<String, String> environment)
      throws ConfigException {
    return of(new JsonObject(), environment);
  }

  /**
   * Reads both; what the environment sets wins.
   *
   * @throws ConfigException with everything that is wrong in either
   */
  public static ClientSettings of(JsonObject json, Map<String, String> environment)
      throws ConfigException {
    Problems problems = new Problems();
    TableReader conf = TableReader.json(ConfigError.CONF, json, problems).knowing(KEYS);
    TableReader variables = TableReader.environment(environment, problems);
    Optional<HostPort> configured = conf.read("target", TARGET);
    ClientSettings settings =
        new ClientSettings(
            variables.read("CLIENT_TARGET", TARGET).or(() -> configured).orElse(NO_TARGET),
            LoadReader.read(conf, variables),
            conf.read("duration", Settings.DURATION),
            conf.read("seed", Settings.SEED).stream().mapToLong(Long::longValue).findFirst(),
            weights(conf),
            conf.read("max_clients", Scalars.between(0, MAX_CLIENTS)).orElse(0),
            conf.read("timeout", Settings.DURATION).orElse(DEFAULT_TIMEOUT),
            conf.read("bulk_bytes", Settings.size(MAX_BULK_BYTES)).orElse(DEFAULT_BULK_BYTES),
            HttpTarget.read(conf),
            conf.read("progress", Settings.DURATION_OR_ZERO),
            variables
                .read("CLIENT_FAIL_ABOVE", FAILURE_LIMIT)
                .or(() -> conf.read(FAIL_ABOVE, FAILURE_LIMIT)));
    if (!conf.has("target") && !variables.has("CLIENT_TARGET")) {
      conf.error("target", "missing; expected " + TARGET.expected() + ", here or in CLIENT_TARGET");
    }
    if (settings.maxClients() > 0 && settings.load() instanceof Load.ClosedLoop) {
      conf.error("max_clients", "goes with a rate only; connections is a bound by itself");
    }
    problems.throwIfAny();
    return settings;
  }

  private static Map<ClientKind, Integer> weights(TableReader conf) {
    return conf.table("weights").map(ClientSettings::givenWeights).orElse(defaultWeights());
  }

  private static Map<ClientKind, Integer> givenWeights(TableReader reader) {
    reader.knowing(KINDS);
    Map<ClientKind, Integer> weights = new EnumMap<>(ClientKind.class);
    for (ClientKind kind : ClientKind.values()) {
      weights.put(kind, reader.read(kind.key(), WEIGHT).orElse(0));
    }
    if (weights.values().stream().allMatch(weight -> weight == 0)) {
      reader.error("real", "some kind must have a weight above 0");
    }
    return weights;
  }

  private static Map<ClientKind, Integer> defaultWeights() {
    Map<ClientKind, Integer> weights = new EnumMap<>(ClientKind.class);
    for (ClientKind kind : ClientKind.values()) {
      weights.put(kind, kind.defaultWeight());
    }
    return weights;
  }

  /**
   * Reads a time between two lines of progress; zero for never.
   *
   * @param source what the text was given to, as errors name it
   * @throws ConfigException when it is none
   */
  public static Duration interval(String source, String text) throws ConfigException {
    return Settings.DURATION_OR_ZERO.read(source, text);
  }

  /** The same, telling no progress by itself. */
  public ClientSettings withoutProgress() {
    return new ClientSettings(
        target,
        load,
        duration,
        seed,
        weights,
        maxClients,
        timeout,
        bulkBytes,
        http,
        Optional.of(Duration.ZERO),
        failAbove);
  }

  /**
   * Reads how many clients may fail.
   *
   * @param source what the text was given to, as errors name it
   * @throws ConfigException when it does not say so
   */
  public static FailureLimit failureLimit(String source, String text) throws ConfigException {
    return FAILURE_LIMIT.read(source, text);
  }

  /** The JSON that {@link #fromJson} reads back to an equal value. */
  public JsonObject toJson() {
    JsonObject shares = new JsonObject();
    weights.forEach((kind, weight) -> shares.put(kind.key(), weight));
    JsonObject json =
        new JsonObject()
            .put("target", target.toString())
            .put("weights", shares)
            .put("max_clients", maxClients)
            .put("timeout", timeout.toMillis() + "ms")
            .put("bulk_bytes", bulkBytes);
    load.writeTo(json);
    http.writeTo(json);
    failAbove.ifPresent(limit -> json.put(FAIL_ABOVE, limit.text()));
    progress.ifPresent(interval -> json.put("progress", interval.toMillis() + "ms"));
    duration.ifPresent(length -> json.put("duration", length.toMillis() + "ms"));
    seed.ifPresent(value -> json.put("seed", value));
    return json;
  }
}
