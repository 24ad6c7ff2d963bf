package io.loble.sim.server;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** The body of an answer, made piece by piece as the client takes it. */
interface HttpBody {

  /** The length of a body that ends when it ends. */
  long UNKNOWN = -1;

  /** How many bytes it has, or {@link #UNKNOWN}. */
  long length();

  /** How many bytes of it may be changed by a server that corrupts its answers. */
  default long corruptible() {
    return length();
  }

  /** The next piece; null at the end. */
  @Nullable Buffer next();

  /** How long to wait between two pieces. */
  default long gapMillis() {
    return 0;
  }

  /** A short one. */
  static HttpBody of(Buffer bytes) {
    return new Whole(bytes);
  }

  /** Bytes in one piece. */
  final class Whole implements HttpBody {

    private final Buffer bytes;
    private boolean taken;

    private Whole(Buffer bytes) {
      this.bytes = bytes;
    }

    @Override
    public long length() {
      return bytes.length();
    }

    /** A line's last byte is its end, which stays. */
    @Override
    public long corruptible() {
      int last = bytes.length() - 1;
      return last >= 0 && bytes.getByte(last) == '\n' ? last : bytes.length();
    }

    @Override
    public @Nullable Buffer next() {
      boolean over = taken || bytes.length() == 0;
      taken = true;
      return over ? null : bytes;
    }
  }

  /** So many bytes, each its own place modulo 251: a prime, so that no shift looks right. */
  final class Counting implements HttpBody {

    private static final int MODULUS = 251;
    private static final int PIECE = 16 * 1024;

    private final long length;
    private long made;

    Counting(long length) {
      this.length = length;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public @Nullable Buffer next() {
      if (made == length) {
        return null;
      }
      byte[] piece = new byte[(int) Math.min(PIECE, length - made)];
      for (int i = 0; i < piece.length; i++) {
        piece[i] = (byte) ((made + i) % MODULUS);
      }
      made += piece.length;
      return Buffer.buffer(piece);
    }
  }

  /** Server-sent events, numbered from 1. */
  final class Events implements HttpBody {

    private final String data;
    private final int count;
    private final long gapMillis;
    private int told;

    Events(String data, int count, long gapMillis) {
      this.data = data;
      this.count = count;
      this.gapMillis = gapMillis;
    }

    @Override
    public long length() {
      return UNKNOWN;
    }

    @Override
    public @Nullable Buffer next() {
      if (told == count) {
        return null;
      }
      told++;
      return Buffer.buffer("id: " + told + "\ndata: " + data + "\n\n");
    }

    @Override
    public long gapMillis() {
      return told < count ? gapMillis : 0;
    }
  }
}
