package io.loble.preface;

/** What is known of a ClientHello so far. */
public sealed interface Sniffed {

  /**
   * All bytes so far can be those of a ClientHello.
   *
   * @param atLeast it cannot be complete before so many bytes are there; always more than there are
   */
  record NeedMore(int atLeast) implements Sniffed {}

  /** A complete ClientHello. Bytes that follow it in the same record were not looked at. */
  record Hello(ClientHello hello) implements Sniffed {}

  /** Another protocol, SSL 2's ClientHello included. */
  record NotTls() implements Sniffed {}

  /**
   * Begins like a TLS handshake, and then breaks its rules.
   *
   * @param reason for a log; contains no byte that is not printable
   */
  record Invalid(String reason) implements Sniffed {}
}
