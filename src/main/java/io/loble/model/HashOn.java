package io.loble.model;

/** What a hash of a client is made of, so that the same clients come to the same backend. */
public enum HashOn {
  /** Its address. */
  CLIENT,
  /** Its address and port: each connection is a client of its own. */
  CLIENT_PORT,
  /** The server name that it has asked for by TLS; its address where it has asked for none. */
  SNI
}
