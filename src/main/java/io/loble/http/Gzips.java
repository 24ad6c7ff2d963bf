package io.loble.http;

import org.jspecify.annotations.Nullable;

/** The answers of one event loop that are compressed now, of which there is a bound. */
final class Gzips {

  /** Each takes 256 KiB: 64 MiB for all of them. */
  static final int MOST = 256;

  private int open;

  /** Compresses one more; null when there are as many as there may be. */
  @Nullable Gzip begin() {
    if (open == MOST) {
      return null;
    }
    open++;
    return new Gzip(this);
  }

  /** One is over. */
  void ended() {
    open--;
  }
}
