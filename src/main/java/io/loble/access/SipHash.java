package io.loble.access;

/**
 * SipHash-2-4 of messages of 16 bytes (J.-P. Aumasson, D. J. Bernstein: SipHash: a fast short-input
 * PRF, 2012). Without the key, messages whose hashes have bits in common cannot be found.
 *
 * @param key0 the first half of the key, little-endian
 * @param key1 the second half
 */
record SipHash(long key0, long key1) {

  /** Where the length of the message stands in its last, otherwise empty block. */
  private static final long LENGTH_BLOCK = 16L << 56;

  /**
   * @param first the first 8 bytes, little-endian
   * @param second the last 8 bytes
   */
  long hash(long first, long second) {
    long v0 = key0 ^ 0x736f6d6570736575L;
    long v1 = key1 ^ 0x646f72616e646f6dL;
    long v2 = key0 ^ 0x6c7967656e657261L;
    long v3 = key1 ^ 0x7465646279746573L;
    // Three blocks of two rounds, and four rounds to finish. The state is in local variables, so
    // that nothing is allocated.
    for (int round = 0; round < 10; round++) {
      if (round == 0) {
        v3 ^= first;
      } else if (round == 2) {
        v0 ^= first;
        v3 ^= second;
      } else if (round == 4) {
        v0 ^= second;
        v3 ^= LENGTH_BLOCK;
      } else if (round == 6) {
        v0 ^= LENGTH_BLOCK;
        v2 ^= 0xff;
      }
      v0 += v1;
      v2 += v3;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v1;
      v0 += v3;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 = Long.rotateLeft(v2, 32);
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }
}
