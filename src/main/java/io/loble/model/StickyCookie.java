package io.loble.model;

import java.time.Duration;
import java.util.Locale;

/**
 * The cookie by which a client comes back to the backend that it had before.
 *
 * @param name of the cookie; empty where there is none
 * @param secret what its value is signed with; shown nowhere
 * @param maxAge how long a client keeps it; zero for as long as its browser runs
 * @param secure whether it is sent by TLS only
 * @param sameSite {@code Lax}, {@code Strict} or {@code None}
 */
public record StickyCookie(
    String name, String secret, Duration maxAge, Secure secure, String sameSite) {

  /** No cookie. */
  public static final StickyCookie OFF =
      new StickyCookie("", "", Duration.ZERO, Secure.AUTO, "Lax");

  /** Whether a cookie is {@code Secure}. */
  public enum Secure {
    /** Where the client has come by TLS. */
    AUTO,
    ALWAYS,
    NEVER;

    /** As the configuration has it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether clients get one. */
  public boolean isOn() {
    return !name.isEmpty();
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "StickyCookie[name=%s, maxAge=%s, secure=%s, sameSite=%s]"
        .formatted(name, maxAge, secure, sameSite);
  }
}
