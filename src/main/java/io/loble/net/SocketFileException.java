package io.loble.net;

import java.io.IOException;

/** A Unix socket cannot be made where it is to be; the message says why, without the path. */
public final class SocketFileException extends IOException {

  SocketFileException(String message) {
    super(message);
  }
}
