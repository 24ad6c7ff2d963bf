package io.loble.preface;

/** How clients may ask for TLS in a protocol that begins without it. */
public enum Starttls {
  /** Not at all: TLS, if any, begins with the first byte. */
  OFF,
  /** By PostgreSQL's SSLRequest. */
  POSTGRES
}
