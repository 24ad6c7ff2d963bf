package io.loble.upstream.health;

import io.loble.config.Circuit;
import java.util.BitSet;

/**
 * The circuit breaker of one backend: closed until too large a share of the latest connections has
 * failed; then open for a time; then half open, when a few connections are tried, of which one
 * failure opens it again and success of all closes it (M. Nygard, "Release It!", 2007).
 *
 * <p>Has no clock. Used on one context.
 */
public final class CircuitBreaker {

  /** Whether connections are let through. */
  public enum State {
    CLOSED,
    OPEN,
    HALF_OPEN
  }

  private final BitSet failed = new BitSet();
  private Circuit rules;
  private State state = State.CLOSED;
  private int seen;
  private int next;
  private int succeededTrials;

  CircuitBreaker(Circuit rules) {
    this.rules = rules;
  }

  /** Takes over new rules. What was seen counts if the window is as long as before. */
  void configure(Circuit newRules) {
    boolean forgets = newRules.window() != rules.window();
    rules = newRules;
    if (!newRules.enabled()) {
      close();
    } else if (forgets) {
      forget();
    }
  }

  State state() {
    return state;
  }

  /** So many connections have succeeded. */
  void succeeded(long count) {
    if (isCounting()) {
      for (long i = Math.min(count, rules.window()); i > 0; i--) {
        see(false);
      }
    }
  }

  /** A connection has failed. */
  void failed() {
    if (isCounting()) {
      see(true);
      if (seen == rules.window() && failed.cardinality() >= rules.failureRate() * seen) {
        open();
      }
    }
  }

  private boolean isCounting() {
    return rules.enabled() && state == State.CLOSED;
  }

  private void see(boolean failure) {
    failed.set(next, failure);
    next = (next + 1) % rules.window();
    seen = Math.min(seen + 1, rules.window());
  }

  private void open() {
    state = State.OPEN;
    forget();
  }

  /** It has been open for its time. */
  void halfOpen() {
    if (state == State.OPEN) {
      state = State.HALF_OPEN;
      succeededTrials = 0;
    }
  }

  /** A connection that was tried has succeeded. */
  void trialSucceeded() {
    if (state == State.HALF_OPEN) {
      succeededTrials++;
      if (succeededTrials >= rules.halfOpenConnections()) {
        close();
      }
    }
  }

  /** A connection that was tried has failed. */
  void trialFailed() {
    if (state == State.HALF_OPEN) {
      open();
    }
  }

  /** How many more connections have to succeed while it is half open. */
  int trialsLeft() {
    return rules.halfOpenConnections() - succeededTrials;
  }

  private void close() {
    state = State.CLOSED;
    forget();
  }

  private void forget() {
    failed.clear();
    seen = 0;
    next = 0;
  }

  /** What opened it, in words. */
  String why() {
    return "%s of %d connections failed"
        .formatted((int) Math.ceil(rules.failureRate() * rules.window()), rules.window());
  }
}
