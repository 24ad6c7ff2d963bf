package io.loble.net;

import io.loble.tls.TlsOutcome;

/**
 * What the two streams of a connection belong to: is told what happens on either side, and decides
 * what it means for the connection. Called on the streams' event loop.
 */
public interface StreamOwner {

  /** Something moved: the connection is not idle. */
  void active();

  /** A stream is about to relay bytes that came from it. */
  void relaying(Stream from);

  /** A stream has taken that many bytes from its source and given them to its peer. */
  void relayed(Stream from, int bytes);

  /** Of what was relayed, that many bytes did not leave the kernel. */
  void spliced(int bytes);

  /** A side has sent its FIN, and all it had sent before was read. */
  void sourceEnded(Stream from);

  /**
   * A side is known to have sent its last byte, but what it sent before waits for the other side.
   */
  void endsBehindBacklog(Stream from);

  /** A side was reset, but what it sent before waits for the other side, and is relayed still. */
  void goneBehindBacklog(Stream from);

  /** The peer has got everything that this side sent, the end included. */
  void delivered(Stream from);

  /** A side takes no more bytes. What it still has to say can be read to the end. */
  void cannotWrite(Stream to);

  /**
   * A handshake has ended, and the side's connection with it if it has failed; then {@link #failed}
   * follows. A failure may follow a success: TLS 1.3 may refuse a certificate after the handshake.
   */
  default void handshakeEnded(Stream side, TlsOutcome outcome) {}

  /** Bytes came from a side that was {@linkplain Stream#handOver handed over}. */
  default void received(Stream from) {}

  /** So many bytes were sent to a side that was {@linkplain Stream#handOver handed over}. */
  default void sent(Stream to, int bytes) {}

  /** A side is gone: its connection was reset or closed. */
  void failed(Stream side);

  /** Everything that was relayed to a side is in its kernel's hands. */
  void flushed(Stream to);

  /** A defect, or the end of the event loop: both sides are to be closed. */
  void abort();
}
