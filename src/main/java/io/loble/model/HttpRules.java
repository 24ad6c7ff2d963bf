package io.loble.model;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * How requests go to the backends of a pool.
 *
 * @param maxIdle how many connections to a backend an event loop keeps without a request
 * @param idleTimeout how long it keeps one
 * @param maxStreams how many requests a connection of HTTP/2 has at once
 * @param failOn the statuses of answers that count as failures of the backend, in order
 * @param cookie by which clients come back to their backend
 */
public record HttpRules(
    HttpVersion version,
    int maxIdle,
    Duration idleTimeout,
    int maxStreams,
    Set<Integer> failOn,
    StickyCookie cookie) {

  /** Where the configuration does not say. */
  public static final HttpRules DEFAULT =
      new HttpRules(
          HttpVersion.HTTP_1_1, 64, Duration.ofSeconds(30), 100, Set.of(), StickyCookie.OFF);

  public HttpRules {
    failOn = Collections.unmodifiableSet(new TreeSet<>(failOn));
  }

  /** The same with another cookie. */
  public HttpRules withCookie(StickyCookie other) {
    return new HttpRules(version, maxIdle, idleTimeout, maxStreams, failOn, other);
  }
}
