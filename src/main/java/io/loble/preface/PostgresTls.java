package io.loble.preface;

import java.nio.ByteBuffer;

/**
 * The requests that may come before PostgreSQL's own protocol, and what a server answers to the one
 * for TLS (PostgreSQL's documentation, "Message Flow", "SSL Session Encryption").
 *
 * <p>Who has accepted TLS in the server's place owes the server the same request, and waits for its
 * answer before it relays the ClientHello.
 */
public final class PostgresTls {

  /** How many bytes a request has. */
  static final int REQUEST_BYTES = 8;

  /** Length 8, code 80877103. */
  private static final long SSL_REQUEST = (8L << 32) | 80877103;

  /** Length 8, code 80877104. */
  private static final long GSS_REQUEST = (8L << 32) | 80877104;

  /** What a server's answer to the request for TLS says. */
  public enum Answer {
    /** The ClientHello may follow. */
    ACCEPTED,
    /** The server does not speak TLS. */
    REFUSED,
    /** An error message, or anything else that no server may send here. */
    UNEXPECTED
  }

  private PostgresTls() {}

  /** The request for TLS. */
  public static byte[] request() {
    return ByteBuffer.allocate(REQUEST_BYTES).putLong(SSL_REQUEST).array();
  }

  /**
   * What a server has answered.
   *
   * @param received one byte at least. More than one are unexpected, for they would reach the
   *     client as if they had come after the handshake (CVE-2021-23222)
   */
  public static Answer answer(ByteBuffer received) {
    if (received.remaining() != 1) {
      return Answer.UNEXPECTED;
    }
    return switch (received.get(received.position())) {
      case 'S' -> Answer.ACCEPTED;
      case 'N' -> Answer.REFUSED;
      default -> Answer.UNEXPECTED;
    };
  }

  /** Whether these bytes, 8 at the most, are the beginning of the request for TLS. */
  static boolean beginsSslRequest(ByteBuffer soFar) {
    return begins(soFar, SSL_REQUEST);
  }

  /** Whether these bytes, 8 at the most, are the beginning of the request for GSSAPI encryption. */
  static boolean beginsGssRequest(ByteBuffer soFar) {
    return begins(soFar, GSS_REQUEST);
  }

  private static boolean begins(ByteBuffer soFar, long request) {
    int count = Math.min(soFar.remaining(), REQUEST_BYTES);
    for (int i = 0; i < count; i++) {
      if (soFar.get(soFar.position() + i) != (byte) (request >> (8 * (7 - i)))) {
        return false;
      }
    }
    return true;
  }
}
