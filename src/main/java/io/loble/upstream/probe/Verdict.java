package io.loble.upstream.probe;

import io.loble.net.ConnectError;

/**
 * What a probe tells of a backend.
 *
 * @param why it is not fine, or could not be found out; empty when it is fine
 */
public record Verdict(Kind kind, String why) {

  /** What kind of end a probe can come to. */
  public enum Kind {
    /** The backend does its work. */
    FINE,
    /** It does not. */
    BAD,
    /** The connect was not answered; the backend may have a full backlog. */
    CONNECT_TIMED_OUT,
    /** It could not be connected to, for a reason that says nothing about the backend. */
    NOT_CONNECTED
  }

  static final Verdict FINE = new Verdict(Kind.FINE, "");

  static Verdict bad(String why) {
    return new Verdict(Kind.BAD, why);
  }

  /** Of a probe that could not connect. */
  static Verdict of(ConnectError error) {
    Kind kind =
        switch (error.reason()) {
          case TIMEOUT -> Kind.CONNECT_TIMED_OUT;
          case REFUSED, UNREACHABLE, RESOLVE, LOOP, TLS -> Kind.BAD;
          case NO_RESOURCES, OTHER -> Kind.NOT_CONNECTED;
        };
    return new Verdict(kind, error.text());
  }
}
