package io.loble.sim.server;

import io.vertx.core.buffer.Buffer;
import java.util.random.RandomGenerator;

/**
 * Changes single bytes of one connection's answers. The length stays, a line end stays one, and no
 * other byte becomes one. Not safe for use by several threads.
 */
final class Corruption {

  private static final long NOWHERE = -1;

  private final RandomGenerator random;

  /** How many bytes are to pass before one is changed; {@link #NOWHERE} for none. */
  private long ahead = NOWHERE;

  Corruption(RandomGenerator random) {
    this.random = random;
  }

  /**
   * An answer begins, whose bytes are then given to {@link #applied}.
   *
   * @param length how many bytes of it may be changed
   * @param percent how many of 100 answers are
   */
  void begin(long length, int percent) {
    boolean hit = percent > 0 && random.nextInt(100) < percent;
    ahead = hit && length > 0 ? random.nextLong(length) : NOWHERE;
  }

  /** The next bytes of the answer; when one of them was changed, a copy. */
  Buffer applied(Buffer bytes) {
    if (ahead == NOWHERE) {
      return bytes;
    }
    if (ahead >= bytes.length()) {
      ahead -= bytes.length();
      return bytes;
    }
    int index = (int) ahead;
    while (index < bytes.length() && bytes.getByte(index) == '\n') {
      index++;
    }
    if (index == bytes.length()) {
      // Line ends to the end: the first other byte of what follows is changed.
      ahead = 0;
      return bytes;
    }
    ahead = NOWHERE;
    return bytes.copy().setByte(index, other(bytes.getByte(index)));
  }

  /** Whether all that was to be changed has been. */
  boolean isDone() {
    return ahead == NOWHERE;
  }

  private byte other(byte before) {
    byte after = (byte) (before ^ 1 << random.nextInt(Byte.SIZE));
    return after == '\n' ? (byte) (before ^ 0xff) : after;
  }
}
