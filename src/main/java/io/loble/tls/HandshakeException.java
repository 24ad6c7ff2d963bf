package io.loble.tls;

import javax.net.ssl.SSLException;

/** A handshake that fails before an engine has seen any of it. */
final class HandshakeException extends SSLException {

  private static final long serialVersionUID = 1;

  private final FailureKind kind;

  HandshakeException(FailureKind kind, String message) {
    super(message);
    this.kind = kind;
  }

  FailureKind kind() {
    return kind;
  }

  /** What happens with every scan of ports is not worth a stack trace. */
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
