package io.loble.sim;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How a simulated server behaves.
 *
 * @param host the address to listen on
 * @param port 0 for any free port
 * @param id what the server calls itself in its log and statistics
 * @param delayMillis by how much answers are delayed, 0 to {@link #MAX_MILLIS}
 * @param maxConnections how many connections it holds at once; 0 for no bound
 * @param timeoutSeconds after how long without a byte either way a connection is closed; 0 for
 *     never
 * @param chaosPercent how many of 100 connections are dropped right after they were accepted
 * @param hangMillis how long after it was accepted a connection gets its first answer, 0 to {@link
 *     #MAX_MILLIS}
 * @param controlPort where HTTP control listens, 0 for any free port; empty for no control
 */
public record ServerSettings(
    String host,
    int port,
    String id,
    int delayMillis,
    int maxConnections,
    int timeoutSeconds,
    int chaosPercent,
    int hangMillis,
    OptionalInt controlPort) {

  /** The longest delay and the longest hang: one hour. */
  public static final int MAX_MILLIS = 3_600_000;

  static final int MAX_PORT = 65535;
  static final int MAX_CONNECTIONS = 10_000_000;
  static final int MAX_SECONDS = 86_400;

  private static final List<String> KEYS =
      List.of(
          "host",
          "port",
          "id",
          "delay_ms",
          "max_conns",
          "timeout_secs",
          "chaos_pct",
          "hang_ms",
          "control_port");

  /** What holds where nothing is configured: any free port, no delay, no bounds, no control. */
  public static ServerSettings defaults() {
    return new ServerSettings("0.0.0.0", 0, "server", 0, 0, 0, 0, 0, OptionalInt.empty());
  }

  /** The same for a server of that name on 127.0.0.1. */
  public static ServerSettings onLoopback(String id) {
    return new ServerSettings("127.0.0.1", 0, id, 0, 0, 0, 0, 0, OptionalInt.empty());
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
    ServerSettings configured =
        defaults().overlaid(SettingsReader.json(json, errors).knowing(KEYS), false);
    ServerSettings settings =
        configured.overlaid(SettingsReader.environment(environment, errors), true);
    if (!errors.isEmpty()) {
      throw new ConfigException(errors);
    }
    return settings;
  }

  private ServerSettings overlaid(SettingsReader reader, boolean variables) {
    OptionalInt control = reader.optionalInteger(key("control_port", variables), 0, MAX_PORT);
    return new ServerSettings(
        variables ? host : reader.text("host", host),
        reader.integer(key("port", variables), port, 0, MAX_PORT),
        reader.text(key("id", variables), id),
        reader.integer(key("delay_ms", variables), delayMillis, 0, MAX_MILLIS),
        reader.integer(key("max_conns", variables), maxConnections, 0, MAX_CONNECTIONS),
        reader.integer(key("timeout_secs", variables), timeoutSeconds, 0, MAX_SECONDS),
        reader.integer(key("chaos_pct", variables), chaosPercent, 0, 100),
        reader.integer(key("hang_ms", variables), hangMillis, 0, MAX_MILLIS),
        control.isPresent() ? control : controlPort);
  }

  private static String key(String key, boolean variable) {
    return variable ? "SERVER_" + key.toUpperCase(Locale.ROOT) : key;
  }

  /** The JSON that {@link #fromJson} reads back to an equal value. */
  public JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("host", host)
            .put("port", port)
            .put("id", id)
            .put("delay_ms", delayMillis)
            .put("max_conns", maxConnections)
            .put("timeout_secs", timeoutSeconds)
            .put("chaos_pct", chaosPercent)
            .put("hang_ms", hangMillis);
    controlPort.ifPresent(control -> json.put("control_port", control));
    return json;
  }
}
