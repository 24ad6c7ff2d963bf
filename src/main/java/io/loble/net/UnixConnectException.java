package io.loble.net;

import io.loble.model.ConnectFailure;
import java.io.IOException;

/** A connect to a Unix socket has failed. Some errors mean another thing than they do with TCP. */
public final class UnixConnectException extends IOException {

  private final transient ConnectError error;

  /**
   * @param cause what the system says
   */
  public UnixConnectException(Throwable cause) {
    super(cause);
    error = of(ConnectError.of(cause));
  }

  ConnectError error() {
    return error;
  }

  /** Where we may not connect, the backend is of no use, whoever is to blame. */
  private static ConnectError of(ConnectError error) {
    if (error.isOf(Errno.EAGAIN)) {
      return new ConnectError(ConnectFailure.REFUSED, "its backlog is full");
    }
    return error.isOf(Errno.EACCES)
        ? new ConnectError(ConnectFailure.REFUSED, error.text())
        : error;
  }
}
