package io.loble.bench;

/** What a proxy reads of a client before it picks a backend. */
enum Reads {
  NOTHING,
  /** A ClientHello, by whose server name the client is routed: {@link ClientHello#SERVER_NAME}. */
  SERVER_NAME,
  /** A header of the PROXY protocol, which names the client. */
  PROXY_HEADER
}
