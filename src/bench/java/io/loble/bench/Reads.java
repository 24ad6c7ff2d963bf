package io.loble.bench;

/** What a proxy reads of a client before it picks a backend. */
enum Reads {
  NOTHING,
  /** A ClientHello, by whose server name the client is routed: {@link ClientHello#SERVER_NAME}. */
  SERVER_NAME,
  /** A header of the PROXY protocol, which names the client. */
  PROXY_HEADER,
  /** A TLS handshake, and what follows is decrypted; the certificate has a key on P-256. */
  TLS,
  /** The same with a certificate that has an RSA key of 2,048 bits. */
  TLS_RSA,
  /** Requests of HTTP/1.1, each of which it sends on by a connection that it keeps. */
  REQUESTS;

  /** Whether it decrypts what its clients send. */
  boolean decrypts() {
    return this == TLS || this == TLS_RSA;
  }
}
