package io.loble.net;

import io.loble.tls.FailureKind;
import io.loble.tls.TlsFailure;
import java.io.IOException;

/** A backend was connected to, but the handshake of TLS with it has failed. */
public final class HandshakeFailedException extends IOException {

  private static final long serialVersionUID = 1;

  private final FailureKind kind;
  private final boolean clientsName;

  /**
   * @param failure what was wrong
   * @param clientsName whether the backend was asked for a name of the client's choice
   */
  public HandshakeFailedException(TlsFailure failure, boolean clientsName) {
    super("TLS: " + failure.text());
    this.kind = failure.kind();
    this.clientsName = clientsName;
  }

  /** Whether another client, which asks for another name, may have no trouble. */
  public boolean isClientsFault() {
    return clientsName && (kind == FailureKind.NAME_MISMATCH || kind == FailureKind.UNKNOWN_NAME);
  }
}
