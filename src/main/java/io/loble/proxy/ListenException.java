package io.loble.proxy;

import io.loble.model.Address;
import io.loble.net.ConnectError;

/** A listener that could not be opened, or cannot be as its configuration says. */
public final class ListenException extends Exception {

  private static final long serialVersionUID = 1L;

  ListenException(String message) {
    super(message);
  }

  ListenException(String message, Throwable cause) {
    super(message, cause);
  }

  ListenException(String listener, Address address, Throwable cause) {
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
