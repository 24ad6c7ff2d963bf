package io.loble.sim.server;

import io.loble.config.ConfigException;
import io.loble.config.read.Place;
import io.loble.config.read.Problems;
import io.loble.config.read.ScalarCodec;
import io.loble.config.read.Scalars;
import io.loble.config.read.TableReader;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * How a simulated server behaves: all that can be changed while it runs.
 *
 * @param delayMillis by how much answers are delayed, 0 to {@link LatencyModel#MAX_MILLIS}
 * @param latency by how much they are delayed beyond that
 * @param hangMillis how long after it was accepted a connection gets its first answer, 0 to {@link
 *     LatencyModel#MAX_MILLIS}
 * @param maxConnections how many connections it holds at once; 0 for no bound
 * @param timeoutSeconds after how long without a byte either way a connection is closed; 0 for
 *     never
 * @param chaosPercent how many of 100 connections are dropped right after they were accepted
 * @param stopMillis how long a graceful stop may take, 0 to {@link LatencyModel#MAX_MILLIS}
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

  private static final ScalarCodec<Integer> MILLIS = Scalars.between(0, LatencyModel.MAX_MILLIS);
  private static final ScalarCodec<LatencyModel> LATENCY =
      Scalars.parsed(LatencyModel.FORMS, LatencyModel::parse);

  /**
   * Reads what is to be changed.
   *
   * @param changes its keys are those of the settings that can be changed while a server runs
   * @return makes the same changes to any behaviour; has no other effect
   * @throws ConfigException with every unknown key, every key that is fixed when the server starts,
   *     and every bad value
   */
  public static UnaryOperator<ServerBehaviour> change(JsonObject changes) throws ConfigException {
    Problems problems = new Problems();
    JsonObject tunable = changes.copy();
    for (String key : changes.fieldNames()) {
      if (ServerSettings.FIXED_KEYS.contains(key)) {
        tunable.remove(key);
        problems.add(Place.of(SOURCE).child(key), "is fixed when the server starts");
      } else if (Tunable.KEYS.contains(key) && changes.getValue(key) == null) {
        problems.add(Place.of(SOURCE).child(key), "must have a value, not null");
      }
    }
    return change(TableReader.json(SOURCE, tunable, problems).knowing(Tunable.KEYS), problems);
  }

  /**
   * Reads what one setting is to be.
   *
   * @param text its value as text, such as {@code 50}, {@code true} or {@code uniform 10 50}
   * @throws ConfigException when the text is no value for it
   */
  static UnaryOperator<ServerBehaviour> change(Tunable tunable, String text)
      throws ConfigException {
    Problems problems = new Problems();
    return change(TableReader.text(SOURCE, Map.of(tunable.key(), text), problems), problems);
  }

  /** Values are good or bad whatever they replace, so one look is enough. */
  private static UnaryOperator<ServerBehaviour> change(TableReader reader, Problems problems)
      throws ConfigException {
    var unused = DEFAULT.overlaid(reader, UnaryOperator.identity());
    problems.throwIfAny();
    return now -> now.overlaid(reader, UnaryOperator.identity());
  }

  ServerBehaviour overlaid(TableReader reader, UnaryOperator<String> named) {
    return new ServerBehaviour(
        reader.read(named.apply(Tunable.DELAY.key()), MILLIS).orElse(delayMillis),
        reader.read(named.apply(Tunable.LATENCY.key()), LATENCY).orElse(latency),
        reader.read(named.apply(Tunable.HANG.key()), MILLIS).orElse(hangMillis),
        reader
            .read(named.apply(Tunable.MAX_CONNECTIONS.key()), Scalars.between(0, MAX_CONNECTIONS))
            .orElse(maxConnections),
        reader
            .read(named.apply(Tunable.TIMEOUT.key()), Scalars.between(0, MAX_SECONDS))
            .orElse(timeoutSeconds),
        reader.read(named.apply(Tunable.CHAOS.key()), Scalars.between(0, 100)).orElse(chaosPercent),
        reader.read(named.apply(Tunable.STOP.key()), MILLIS).orElse(stopMillis),
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
