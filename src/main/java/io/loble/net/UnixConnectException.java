package io.loble.net;

import io.loble.model.ConnectFailure;
import java.io.IOException;

/** A connect to a Unix socket has failed. Some errors mean another thing than they do with TCP. */
public final class UnixConnectException extends IOException {

  private static final String FULL_BACKLOG = "its backlog is full";

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

  /** Whether there was no room for one more client, as there may be the next moment. */
  public boolean isOfFullBacklog() {
    return error.text().equals(FULL_BACKLOG);
  }

  /** Where we may not connect, the backend is of no use, whoever is to blame. */
  private static ConnectError of(ConnectError error) {
    if (error.isOf(Errno.EAGAIN)) {
      return new ConnectError(ConnectFailure.TIMEOUT, FULL_BACKLOG);
    }
    return error.isOf(Errno.EACCES)
        ? new ConnectError(ConnectFailure.REFUSED, error.text())
        : error;
  }
}
