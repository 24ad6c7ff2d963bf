package io.loble.proxy;

import io.loble.model.HostPort;
import io.loble.net.ConnectError;

/** A listening address that could not be opened. */
public final class ListenException extends Exception {

  private static final long serialVersionUID = 1L;

  ListenException(String listener, HostPort address, Throwable cause) {
    super(
        "listener '"
            + listener
            + "': cannot listen on "
            + address
            + ": "
            + ConnectError.of(cause).text(),
        cause);
  }
}
