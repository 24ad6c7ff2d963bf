package io.loble.sim;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a simulated server is and how it behaves.
 *
 * @param host the address to listen on
 * @param port 0 for any free port
 * @param id what the server calls itself in its log, in statistics and on the event bus
 * @param controlPort where HTTP control listens, 0 for any free port; empty for no control
 * @param seed repeats the choices that are left to chance; empty for new ones
 * @param statsInterval how often a line of statistics is logged; empty for never
 * @param behaviour what can be changed while it runs
 */
public record ServerSettings(
    String host,
    int port,
    String id,
    OptionalInt controlPort,
    OptionalLong seed,
    Optional<Duration> statsInterval,
    ServerBehaviour behaviour) {

  /** The longest delay and the longest hang: one hour. */
  public static final int MAX_MILLIS = 3_600_000;

  static final int MAX_PORT = 65535;

  /** The longest time between two lines of statistics. */
  public static final Duration MAX_INTERVAL = Duration.ofHours(24);

  /** What cannot be changed while a server runs. */
  static final List<String> FIXED_KEYS =
      List.of("host", "port", "id", "control_port", "seed", "stats");

  private static final List<String> KEYS =
      Stream.concat(FIXED_KEYS.stream(), Tunable.KEYS.stream()).toList();

  /** What holds where nothing is configured: any free port, no delay, no bounds, no control. */
  public static ServerSettings defaults() {
    return new ServerSettings(
        "0.0.0.0",
        0,
        "server",
        OptionalInt.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        ServerBehaviour.DEFAULT);
  }

  /** The same for a server of that name on 127.0.0.1. */
  public static ServerSettings onLoopback(String id) {
    ServerSettings defaults = defaults();
    return new ServerSettings(
        "127.0.0.1",
        defaults.port,
        id,
        defaults.controlPort,
        defaults.seed,
        defaults.statsInterval,
        defaults.behaviour);
  }

  /**
   * Reads the JSON of {@code -conf}.
   *
   * @throws ConfigException with every unknown key and bad value
   */
  public static ServerSettings fromJson(JsonObject json) throws ConfigException {
    return of(json, Map.of());
  }

  /**
   * Reads the {@code SERVER_…} variables alone.
   *
   * @throws ConfigException with every bad value
   */
  public static ServerSettings fromEnvironment(Map<String, String> environment)
      throws ConfigException {
    return of(new JsonObject(), environment);
  }

  /**
   * Reads both; what the environment sets wins.
   *
   * @throws ConfigException with everything that is wrong in either
   */
  public static ServerSettings of(JsonObject json, Map<String, String> environment)
      throws ConfigException {
    List<ConfigError> errors = new ArrayList<>();
    ServerSettings settings =
        defaults()
            .overlaid(SettingsReader.json(json, errors).knowing(KEYS), UnaryOperator.identity())
            .overlaid(SettingsReader.environment(environment, errors), ServerSettings::variable);
    if (!errors.isEmpty()) {
      throw new ConfigException(errors);
    }
    return settings;
  }

  private ServerSettings overlaid(SettingsReader reader, UnaryOperator<String> named) {
    OptionalInt control = reader.optionalInteger(named.apply("control_port"), 0, MAX_PORT);
    OptionalLong seeded = reader.wholeNumber(named.apply("seed"), Long.MIN_VALUE, Long.MAX_VALUE);
    return new ServerSettings(
        reader.text(named.apply("host"), host),
        reader.integer(named.apply("port"), port, 0, MAX_PORT),
        reader.text(named.apply("id"), id),
        control.isPresent() ? control : controlPort,
        seeded.isPresent() ? seeded : seed,
        interval(reader, named.apply("stats")).or(() -> statsInterval),
        behaviour.overlaid(reader, named));
  }

  private static Optional<Duration> interval(SettingsReader reader, String key) {
    Optional<Duration> interval = reader.duration(key);
    if (interval.isPresent() && interval.get().compareTo(MAX_INTERVAL) > 0) {
      reader.error(key, "must be at most " + MAX_INTERVAL.toHours() + "h");
      return Optional.empty();
    }
    return interval;
  }

  private static String variable(String key) {
    return "SERVER_" + key.toUpperCase(Locale.ROOT);
  }

  /** The same server, behaving otherwise. */
  public ServerSettings behaving(ServerBehaviour other) {
    return new ServerSettings(host, port, id, controlPort, seed, statsInterval, other);
  }

  /**
   * The same server, logging a line of statistics every so often.
   *
   * @param interval 1 ms to {@link #MAX_INTERVAL}, whole milliseconds
   */
  public ServerSettings reporting(Duration interval) {
    return new ServerSettings(host, port, id, controlPort, seed, Optional.of(interval), behaviour);
  }

  /** The JSON that {@link #fromJson} reads back to an equal value. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("host", host).put("port", port).put("id", id);
    controlPort.ifPresent(control -> json.put("control_port", control));
    seed.ifPresent(number -> json.put("seed", number));
    statsInterval.ifPresent(interval -> json.put("stats", interval.toMillis() + "ms"));
    behaviour.addTo(json);
    return json;
  }
}
