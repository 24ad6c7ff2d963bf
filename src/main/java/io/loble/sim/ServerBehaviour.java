package io.loble.sim;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How a simulated server behaves: all that can be changed while it runs.
 *
 * @param delayMillis by how much answers are delayed, 0 to {@link ServerSettings#MAX_MILLIS}
 * @param latency by how much they are delayed beyond that
 * @param hangMillis how long after it was accepted a connection gets its first answer, 0 to {@link
 *     ServerSettings#MAX_MILLIS}
 * @param maxConnections how many connections it holds at once; 0 for no bound
 * @param timeoutSeconds after how long without a byte either way a connection is closed; 0 for
 *     never
 * @param chaosPercent how many of 100 connections are dropped right after they were accepted
 * @param stopMillis how long a graceful stop may take, 0 to {@link ServerSettings#MAX_MILLIS}
 * @param faults what it does wrong
 */
public record ServerBehaviour(
    int delayMillis,
    LatencyModel latency,
    int hangMillis,
    int maxConnections,
    int timeoutSeconds,
    int chaosPercent,
    int stopMillis,
    ServerFaults faults) {

  /** Answers at once, without bounds or faults, and takes up to two seconds to stop. */
  public static final ServerBehaviour DEFAULT =
      new ServerBehaviour(0, LatencyModel.NONE, 0, 0, 0, 0, 2000, ServerFaults.NONE);

  private static final String SOURCE = "settings";

  static final int MAX_CONNECTIONS = 10_000_000;
  static final int MAX_SECONDS = 86_400;

  /**
   * Reads what is to be changed.
   *
   * @param changes its keys are those of the settings that can be changed while a server runs
   * @return makes the same changes to any behaviour; has no other effect
   * @throws ConfigException with every unknown key, every key that is fixed when the server starts,
   *     and every bad value
   */
  public static UnaryOperator<ServerBehaviour> change(JsonObject changes) throws ConfigException {
    List<ConfigError> errors = new ArrayList<>();
    for (String key : changes.fieldNames()) {
      if (ServerSettings.FIXED_KEYS.contains(key)) {
        errors.add(new ConfigError(SOURCE, 0, 0, key, "is fixed when the server starts"));
      } else if (!Tunable.KEYS.contains(key)) {
        String hint = NearestKey.hint(key, Tunable.KEYS);
        errors.add(new ConfigError(SOURCE, 0, 0, key, "unknown key; " + hint));
      } else if (changes.getValue(key) == null) {
        errors.add(new ConfigError(SOURCE, 0, 0, key, "must have a value, not null"));
      }
    }
    return change(SettingsReader.json(SOURCE, changes, errors), errors);
  }

  /**
   * Reads what one setting is to be.
   *
   * @param text its value as text, such as {@code 50}, {@code true} or {@code uniform 10 50}
   * @throws ConfigException when the text is no value for it
   */
  static UnaryOperator<ServerBehaviour> change(Tunable tunable, String text)
      throws ConfigException {
    List<ConfigError> errors = new ArrayList<>();
    return change(SettingsReader.text(SOURCE, tunable.key(), text, errors), errors);
  }

  /** Values are good or bad whatever they replace, so one look is enough. */
  private static UnaryOperator<ServerBehaviour> change(
      SettingsReader reader, List<ConfigError> errors) throws ConfigException {
    var unused = DEFAULT.overlaid(reader, UnaryOperator.identity());
    if (!errors.isEmpty()) {
      throw new ConfigException(errors);
    }
    return now -> now.overlaid(reader, UnaryOperator.identity());
  }

  ServerBehaviour overlaid(SettingsReader reader, UnaryOperator<String> named) {
    int longest = ServerSettings.MAX_MILLIS;
    return new ServerBehaviour(
        reader.integer(named.apply(Tunable.DELAY.key()), delayMillis, 0, longest),
        reader.parsed(
            named.apply(Tunable.LATENCY.key()), latency, LatencyModel::parse, LatencyModel.FORMS),
        reader.integer(named.apply(Tunable.HANG.key()), hangMillis, 0, longest),
        reader.integer(
            named.apply(Tunable.MAX_CONNECTIONS.key()), maxConnections, 0, MAX_CONNECTIONS),
        reader.integer(named.apply(Tunable.TIMEOUT.key()), timeoutSeconds, 0, MAX_SECONDS),
        reader.integer(named.apply(Tunable.CHAOS.key()), chaosPercent, 0, 100),
        reader.integer(named.apply(Tunable.STOP.key()), stopMillis, 0, longest),
        faults.overlaid(reader, named));
  }

  void addTo(JsonObject json) {
    json.put(Tunable.DELAY.key(), delayMillis)
        .put(Tunable.LATENCY.key(), latency.toString())
        .put(Tunable.HANG.key(), hangMillis)
        .put(Tunable.MAX_CONNECTIONS.key(), maxConnections)
        .put(Tunable.TIMEOUT.key(), timeoutSeconds)
        .put(Tunable.CHAOS.key(), chaosPercent)
        .put(Tunable.STOP.key(), stopMillis);
    faults.addTo(json);
  }
}
