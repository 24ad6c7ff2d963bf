package io.loble.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes that can be made up at both ends, so that megabytes are compared without being kept.
 *
 * @param length how many there are
 */
record Pattern(long seed, int length) {

  private static final int BLOCK = 16 * 1024;

  private byte at(int position) {
    return (byte) (((seed + position) * 0x9e3779b97f4a7c15L) >>> 56);
  }

  /** The bytes from one position to another. */
  byte[] bytes(int from, int to) {
    byte[] bytes = new byte[to - from];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = at(from + i);
    }
    return bytes;
  }

  /**
   * Writes all of it; counted before it is written, since what fails may have been sent in part.
   */
  void send(OutputStream out, AtomicLong counter) throws IOException {
    for (int from = 0; from < length; from += BLOCK) {
      byte[] block = bytes(from, Math.min(length, from + BLOCK));
      counter.addAndGet(block.length);
      out.write(block);
    }
  }

  /**
   * Reads some of it.
   *
   * @return whether all of these bytes came, as they should be
   */
  boolean receive(InputStream in, int from, int to, AtomicLong counter) throws IOException {
    byte[] block = new byte[BLOCK];
    int position = from;
    while (position < to) {
      int n = in.read(block, 0, Math.min(BLOCK, to - position));
      if (n < 0) {
        return false;
      }
      counter.addAndGet(n);
      for (int i = 0; i < n; i++) {
        if (block[i] != at(position + i)) {
          return false;
        }
      }
      position += n;
    }
    return true;
  }
}
