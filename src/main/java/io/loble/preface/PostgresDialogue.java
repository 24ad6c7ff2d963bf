package io.loble.preface;

import java.nio.ByteBuffer;

/**
 * What a PostgreSQL client says before its ClientHello or its startup message, and what it is
 * answered. GSSAPI encryption is refused, which makes the client ask for TLS or go on without; TLS
 * is accepted. A client may ask for each once, and has to wait for the answer: bytes that come with
 * a request could have been put there by others (CVE-2021-23214).
 */
final class PostgresDialogue {

  /** The first byte of a TLS handshake, with which a client of PostgreSQL 17 may begin. */
  private static final byte TLS_HANDSHAKE = 22;

  private boolean gssRefused;

  /** What follows from what has come. */
  sealed interface Turn {

    /**
     * The beginning of a request.
     *
     * @param atLeast how many bytes it has
     */
    record NeedMore(int atLeast) implements Turn {}

    /**
     * A request, of {@link PostgresTls#REQUEST_BYTES}.
     *
     * @param accepted whether it was one for TLS, and a ClientHello has to come next
     */
    record Reply(boolean accepted) implements Turn {
      byte answer() {
        return (byte) (accepted ? 'S' : 'N');
      }
    }

    /** TLS begins without a request. */
    record Handshake() implements Turn {}

    /** A client without TLS: a startup message, a request to cancel, or another protocol. */
    record Plain() implements Turn {}

    /** A client that breaks the rules. */
    record Invalid(String reason) implements Turn {}
  }

  /**
   * Looks at what has come.
   *
   * @param soFar from its position to its limit, what came after the last request that was
   *     answered. Position and limit stay as they are
   */
  Turn read(ByteBuffer soFar) {
    if (soFar.hasRemaining() && soFar.get(soFar.position()) == TLS_HANDSHAKE) {
      return new Turn.Handshake();
    }
    boolean ssl = PostgresTls.beginsSslRequest(soFar);
    boolean gss = PostgresTls.beginsGssRequest(soFar);
    if (!ssl && !gss) {
      return new Turn.Plain();
    }
    if (soFar.remaining() < PostgresTls.REQUEST_BYTES) {
      return new Turn.NeedMore(PostgresTls.REQUEST_BYTES);
    }
    return soFar.remaining() == PostgresTls.REQUEST_BYTES
        ? request(ssl)
        : new Turn.Invalid("bytes follow a PostgreSQL client's request before it is answered");
  }

  private Turn request(boolean ssl) {
    if (!ssl && gssRefused) {
      return new Turn.Invalid("a PostgreSQL client asks for GSSAPI encryption twice");
    }
    gssRefused |= !ssl;
    return new Turn.Reply(ssl);
  }
}
