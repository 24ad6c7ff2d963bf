package io.loble.balancer;

import java.nio.charset.StandardCharsets;

/**
 * A hash that is the same on every node: FNV-1a in 64 bits (Fowler, Noll, Vo 1991), then mixed,
 * since FNV alone leaves the high bits of short keys alike.
 */
final class Hash {

  /** Of nothing, to which bytes are added. */
  static final long START = 0xcbf29ce484222325L;

  private static final long PRIME = 0x100000001b3L;

  private Hash() {}

  static long of(String text) {
    return mix(add(START, text.getBytes(StandardCharsets.UTF_8), 0));
  }

  static long add(long hash, byte next) {
    return (hash ^ (next & 0xff)) * PRIME;
  }

  /** Adds the bytes from one on. */
  static long add(long hash, byte[] bytes, int from) {
    long next = hash;
    for (int i = from; i < bytes.length; i++) {
      next = add(next, bytes[i]);
    }
    return next;
  }

  /** The finalizer of MurmurHash3: every bit of the input moves every bit of the output. */
  static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
