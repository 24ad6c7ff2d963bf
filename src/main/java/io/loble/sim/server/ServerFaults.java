package io.loble.sim.server;

import io.loble.config.read.ScalarCodec;
import io.loble.config.read.Scalars;
import io.loble.config.read.TableReader;
import io.vertx.core.json.JsonObject;
import java.util.function.UnaryOperator;

/**
 * What a simulated server does wrong on purpose.
 *
 * @param resetAfter a connection is reset as soon as so many bytes of answers were sent on it; 0
 *     for never
 * @param bandwidth bytes of answers a second on each connection; 0 for no bound
 * @param corruptPercent how many of 100 answers have one byte changed
 * @param stopReading nothing is read from open connections
 * @param freezeAccept connections are not accepted and wait in the kernel's queue
 * @param halfOpen connections are neither read, answered nor closed
 */
public record ServerFaults(
    long resetAfter,
    long bandwidth,
    int corruptPercent,
    boolean stopReading,
    boolean freezeAccept,
    boolean halfOpen) {

  /** The most that {@code resetAfter} and {@code bandwidth} may be. */
  public static final long MAX_BYTES = 1_000_000_000_000L;

  private static final ScalarCodec<Long> BYTES = Scalars.whole(0, MAX_BYTES);

  /** A server that does nothing wrong. */
  public static final ServerFaults NONE = new ServerFaults(0, 0, 0, false, false, false);

  ServerFaults overlaid(TableReader reader, UnaryOperator<String> named) {
    return new ServerFaults(
        reader.read(named.apply(Tunable.RESET_AFTER.key()), BYTES).orElse(resetAfter),
        reader.read(named.apply(Tunable.BANDWIDTH.key()), BYTES).orElse(bandwidth),
        reader
            .read(named.apply(Tunable.CORRUPT.key()), Scalars.between(0, 100))
            .orElse(corruptPercent),
        reader.read(named.apply(Tunable.STOP_READING.key()), Scalars.bool()).orElse(stopReading),
        reader.read(named.apply(Tunable.FREEZE_ACCEPT.key()), Scalars.bool()).orElse(freezeAccept),
        reader.read(named.apply(Tunable.HALF_OPEN.key()), Scalars.bool()).orElse(halfOpen));
  }

  void addTo(JsonObject json) {
    json.put(Tunable.RESET_AFTER.key(), resetAfter)
        .put(Tunable.BANDWIDTH.key(), bandwidth)
        .put(Tunable.CORRUPT.key(), corruptPercent)
        .put(Tunable.STOP_READING.key(), stopReading)
        .put(Tunable.FREEZE_ACCEPT.key(), freezeAccept)
        .put(Tunable.HALF_OPEN.key(), halfOpen);
  }
}
