package io.loble.preface;

/** How a client asks for TLS in a protocol that begins without it. */
public enum Starttls {
  /** Not at all: TLS, if any, begins with the first byte. */
  NONE,
  /** By PostgreSQL's SSLRequest. */
  POSTGRES
}
