package io.loble.proxy;

import io.loble.net.Stream;
import io.loble.tls.TlsOutcome;

/**
 * What a connection is doing at the moment. What its streams tell comes to the stage that it is in,
 * which ends the session or moves it on to the next stage.
 */
abstract class Stage {

  /** Before the first stage and after the last: nothing that is told makes a difference. */
  static final Stage NONE =
      new Stage() {
        @Override
        long due() {
          return Long.MAX_VALUE;
        }

        @Override
        void expired() {}

        @Override
        void failed(Stream side) {}

        @Override
        void abort() {}

        @Override
        LiveConnection.State state() {
          return LiveConnection.State.CLOSING;
        }
      };

  /** The session is in this stage from now on. */
  void begin() {}

  /** The session ends in this stage: what it holds besides the streams is given back. */
  void leave() {}

  /** The tick at which {@link #expired} is to be called next. */
  abstract long due();

  /** A tick has come that {@link #due} has named. */
  abstract void expired();

  /** A side is gone: its connection was reset or closed. */
  abstract void failed(Stream side);

  /** Ends the session after a defect. */
  abstract void abort();

  /** As the live view has it. */
  abstract LiveConnection.State state();

  /** A side has sent its FIN, and all it had sent before was read. */
  void sourceEnded(Stream from) {}

  /** A side has sent its last byte, but what it sent before waits for the other side. */
  void endsBehindBacklog(Stream from) {}

  /** A side was reset, but what it sent before is still being relayed. */
  void goneBehindBacklog(Stream from) {}

  /** The peer has got everything that this side sent, the end included. */
  void delivered(Stream from) {}

  /** Bytes came from a side that was handed over. */
  void received(Stream from) {}

  /** The connection is to end as soon as nothing is lost by it. */
  void drain() {}

  /** A side takes no more bytes. */
  void cannotWrite(Stream to) {}

  /** A handshake of TLS has ended, or was found to have failed later. */
  void handshakeEnded(Stream side, TlsOutcome outcome) {}

  /** Everything that was relayed to a side is in its kernel's hands. */
  void flushed(Stream to) {}

  /**
   * Whether the connection can be closed without anything being lost: nothing has moved for that
   * long, nothing waits to be written, and it is not the backend's turn to speak.
   */
  boolean isQuiet(long millis) {
    return false;
  }
}
