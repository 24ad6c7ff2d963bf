package io.loble.sim.server;

import java.util.SplittableRandom;

/** Bytes without a pattern, always the same. */
final class Noise {

  private Noise() {}

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(length).nextBytes(bytes);
    return bytes;
  }
}
