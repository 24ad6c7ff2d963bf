package io.loble.tls;

/** How a handshake ended: a user event of the pipeline. */
public sealed interface TlsOutcome {

  /**
   * The connection is encrypted.
   *
   * @param nanos how long the handshake took
   */
  record Agreed(HandshakeInfo info, long nanos) implements TlsOutcome {}

  /**
   * There will be no connection.
   *
   * @param nanos how long it took until then
   */
  record Failed(TlsFailure failure, long nanos) implements TlsOutcome {}
}
