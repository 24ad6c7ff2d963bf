package io.loble.tls;

import java.util.Locale;

/** Why a handshake failed, for metrics. */
public enum FailureKind {
  /** A certificate has ended. */
  EXPIRED("a certificate has expired"),
  /** A certificate has not begun. */
  NOT_YET_VALID("a certificate is not valid yet"),
  /** The server's certificate is for other names. */
  NAME_MISMATCH("the certificate is for other names"),
  /** A certificate does not come from an authority that is trusted. */
  UNKNOWN_AUTHORITY("a certificate comes from an unknown authority"),
  /** The sides have no version in common. */
  NO_SHARED_VERSION("client and server have no version of TLS in common"),
  /** The sides have no cipher suite, curve or signature scheme in common. */
  NO_SHARED_CIPHER("client and server have no cipher suite in common"),
  /** A certificate of the client was required, and it showed none. */
  CERTIFICATE_MISSING("the client has shown no certificate"),
  /** A certificate was refused, and what is known does not say why. */
  CERTIFICATE_REFUSED("a certificate was refused"),
  /** The client asked for a name that no certificate has. */
  UNKNOWN_NAME("no certificate has the name that the client asks for"),
  /** The connection was closed or reset before the handshake was over. */
  CLOSED("the connection was closed during the handshake"),
  /** The handshake took too long. */
  TIMEOUT("the handshake took too long"),
  /** The peer speaks another protocol. */
  NOT_TLS("the peer does not speak TLS"),
  /** Anything else. */
  OTHER("the handshake failed");

  private final String text;

  FailureKind(String text) {
    this.text = text;
  }

  /** For a label of a metric, such as {@code unknown_authority}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What went wrong, in general. */
  public String text() {
    return text;
  }
}
