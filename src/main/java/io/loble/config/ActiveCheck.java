package io.loble.config;

import java.time.Duration;

/**
 * How a backend is probed.
 *
 * @param enabled whether backends are probed at all
 * @param type what a probe does after it has connected
 * @param interval from the start of one probe to the start of the next
 * @param timeout how long a probe may take, connecting included
 * @param jitter by which share of itself an interval may be shorter or longer, 0 to 0.5, so that
 *     the probes of many backends and balancers do not fall together
 * @param http what an {@code http} probe asks for and accepts
 * @param expect what an {@code expect} probe sends and waits for
 * @param sendProxy whether a probe begins with a PROXY header where clients' connections do
 */
public record ActiveCheck(
    boolean enabled,
    CheckType type,
    Duration interval,
    Duration timeout,
    double jitter,
    HttpCheck http,
    ExpectCheck expect,
    boolean sendProxy) {

  /** A check that begins as connections of clients do. */
  public ActiveCheck(
      boolean enabled,
      CheckType type,
      Duration interval,
      Duration timeout,
      double jitter,
      HttpCheck http,
      ExpectCheck expect) {
    this(enabled, type, interval, timeout, jitter, http, expect, true);
  }

  /** What makes a probe succeed. */
  public enum CheckType {
    /** The connection is established. */
    TCP,
    /** An HTTP/1.1 GET is answered with an accepted status. */
    HTTP,
    /** The backend's answer contains a text. */
    EXPECT
  }

  /**
   * The request of an {@code http} probe.
   *
   * @param path begins with a slash
   * @param host the Host header; empty for the backend's own address
   * @param minStatus the lowest accepted status code
   * @param maxStatus the highest accepted status code
   */
  public record HttpCheck(String path, String host, int minStatus, int maxStatus) {}

  /**
   * The exchange of an {@code expect} probe.
   *
   * @param send what is sent after connecting; may be empty, for servers that speak first
   * @param expect what the answer must contain; never empty when the type is {@code EXPECT}
   */
  public record ExpectCheck(String send, String expect) {}
}
