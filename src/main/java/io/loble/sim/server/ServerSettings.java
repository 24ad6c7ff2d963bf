package io.loble.sim.server;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.loble.config.read.Problems;
import io.loble.config.read.ScalarCodec;
import io.loble.config.read.Scalars;
import io.loble.config.read.TableReader;
import io.loble.sim.Settings;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
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
 * @param backlog how many clients the kernel holds for it at most while it accepts none, 1 to
 *     {@link #MAX_BACKLOG}; what comes then gets no answer at all
 * @param behaviour what can be changed while it runs
 */
public record ServerSettings(
    String host,
    int port,
    String id,
    OptionalInt controlPort,
    OptionalLong seed,
    Optional<Duration> statsInterval,
    int backlog,
    ServerBehaviour behaviour) {

  private static final ScalarCodec<Integer> PORT = Scalars.between(0, 65535);

  /** The kernel lowers this to what {@code net.core.somaxconn} allows. */
  static final int MAX_BACKLOG = 65_535;

  private static final ScalarCodec<Integer> BACKLOG = Scalars.between(1, MAX_BACKLOG);

  /** The longest time between two lines of statistics. */
  public static final Duration MAX_INTERVAL = Duration.ofHours(24);

  private static final ScalarCodec<Duration> INTERVAL =
      Scalars.durationBetween(Duration.ofMillis(1), MAX_INTERVAL);

  /** What cannot be changed while a server runs. */
  static final List<String> FIXED_KEYS =
      List.of("host", "port", "id", "control_port", "seed", "stats", "backlog");

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
        MAX_BACKLOG,
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
        defaults.backlog,
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
    Problems problems = new Problems();
    TableReader conf = TableReader.json(ConfigError.CONF, json, problems).knowing(KEYS);
    ServerSettings settings =
        defaults()
            .overlaid(conf, UnaryOperator.identity())
            .overlaid(TableReader.environment(environment, problems), ServerSettings::variable);
    problems.throwIfAny();
    return settings;
  }

  private ServerSettings overlaid(TableReader reader, UnaryOperator<String> named) {
    Optional<Integer> control = reader.read(named.apply("control_port"), PORT);
    Optional<Long> seeded = reader.read(named.apply("seed"), Settings.SEED);
    return new ServerSettings(
        reader.read(named.apply("host"), Settings.TEXT).orElse(host),
        reader.read(named.apply("port"), PORT).orElse(port),
        reader.read(named.apply("id"), Settings.TEXT).orElse(id),
        control.map(OptionalInt::of).orElse(controlPort),
        seeded.map(OptionalLong::of).orElse(seed),
        reader.read(named.apply("stats"), INTERVAL).or(() -> statsInterval),
        reader.read(named.apply("backlog"), BACKLOG).orElse(backlog),
        behaviour.overlaid(reader, named));
  }

  private static String variable(String key) {
    return "SERVER_" + key.toUpperCase(Locale.ROOT);
  }

  /** The same server, behaving otherwise. */
  public ServerSettings behaving(ServerBehaviour other) {
    return new ServerSettings(host, port, id, controlPort, seed, statsInterval, backlog, other);
  }

  /**
   * The same server, logging a line of statistics every so often.
   *
   * @param interval 1 ms to {@link #MAX_INTERVAL}, whole milliseconds
   */
  public ServerSettings reporting(Duration interval) {
    return new ServerSettings(
        host, port, id, controlPort, seed, Optional.of(interval), backlog, behaviour);
  }

  /** The JSON that {@link #fromJson} reads back to an equal value. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("host", host).put("port", port).put("id", id);
    controlPort.ifPresent(control -> json.put("control_port", control));
    seed.ifPresent(number -> json.put("seed", number));
    statsInterval.ifPresent(interval -> json.put("stats", interval.toMillis() + "ms"));
    json.put("backlog", backlog);
    behaviour.addTo(json);
    return json;
  }
}
