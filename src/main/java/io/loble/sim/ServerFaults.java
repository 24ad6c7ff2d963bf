package io.loble.sim;

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

  /** A server that does nothing wrong. */
  public static final ServerFaults NONE = new ServerFaults(0, 0, 0, false, false, false);

  ServerFaults overlaid(SettingsReader reader, UnaryOperator<String> named) {
    return new ServerFaults(
        reader.wholeNumber(named.apply(Tunable.RESET_AFTER.key()), 0, MAX_BYTES).orElse(resetAfter),
        reader.wholeNumber(named.apply(Tunable.BANDWIDTH.key()), 0, MAX_BYTES).orElse(bandwidth),
        reader.integer(named.apply(Tunable.CORRUPT.key()), corruptPercent, 0, 100),
        reader.flag(named.apply(Tunable.STOP_READING.key()), stopReading),
        reader.flag(named.apply(Tunable.FREEZE_ACCEPT.key()), freezeAccept),
        reader.flag(named.apply(Tunable.HALF_OPEN.key()), halfOpen));
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
