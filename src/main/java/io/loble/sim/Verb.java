package io.loble.sim;

import java.util.Locale;

/** What a line of the protocol asks for. */
public enum Verb {
  /** {@code REQ…}, answered with {@code ACK}. */
  REQ(true),
  /** {@code PING id}, answered with {@code PONG id}. */
  PING(true),
  /** {@code STREAM …}, answered with {@code STREAM_ACK} without any delay. */
  STREAM(false),
  /** {@code SLOW id}, answered with {@code ACK}. */
  SLOW(true),
  /** {@code ECHO n}, answered with the n raw bytes that follow the line. */
  ECHO(true),
  /** Any other line, answered with {@code ERR unknown …}. */
  UNKNOWN(false);

  private final boolean delayed;

  Verb(boolean delayed) {
    this.delayed = delayed;
  }

  /** Whether the server's delay applies to it. */
  public boolean delayed() {
    return delayed;
  }

  /** The verb in lower case, as counters name it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
