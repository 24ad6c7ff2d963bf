package io.loble.config;

/** In which protocol the clients of a listener may ask for TLS after they have connected. */
public enum Starttls {
  /** In none. */
  OFF,
  /** In PostgreSQL's, by an SSLRequest. */
  POSTGRES
}
