package io.loble.net;

import java.io.IOException;

/** A socket's error, by its number; has no stack trace, since the number says it all. */
public final class ErrnoException extends IOException {

  private final int number;

  /**
   * @param number the system's number, positive
   */
  public ErrnoException(int number) {
    super(Errno.of(number).map(Errno::text).orElse("error " + number));
    this.number = number;
  }

  /** The system's number, positive. */
  public int number() {
    return number;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
