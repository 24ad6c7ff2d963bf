package io.loble.sim.client;

import io.vertx.core.buffer.Buffer;

/**
 * Endless bytes without a pattern, always the same for the same seed, that can be computed at any
 * place without what is before it.
 */
record RandomBytes(long seed) {

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  /** The byte at that place. */
  byte at(long offset) {
    return byteOf(word(offset >>> 3), offset);
  }

  /** Some bytes from that place on. */
  Buffer bytes(long offset, int length) {
    byte[] bytes = new byte[length];
    long word = word(offset >>> 3);
    for (int i = 0; i < length; i++) {
      long at = offset + i;
      if ((at & 7) == 0) {
        word = word(at >>> 3);
      }
      bytes[i] = byteOf(word, at);
    }
    return Buffer.buffer(bytes);
  }

  /**
   * Compares bytes with those from that place on.
   *
   * @return where in the array the first is that differs, {@code to} when none does
   */
  int mismatch(long offset, byte[] arrived, int from, int to) {
    long word = word(offset >>> 3);
    for (int i = from; i < to; i++) {
      long at = offset + i - from;
      if ((at & 7) == 0) {
        word = word(at >>> 3);
      }
      if (byteOf(word, at) != arrived[i]) {
        return i;
      }
    }
    return to;
  }

  private static byte byteOf(long word, long offset) {
    return (byte) (word >>> ((offset & 7) << 3));
  }

  /** As SplittableRandom mixes its states. */
  private long word(long index) {
    long mixed = seed + index * GOLDEN_GAMMA;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
