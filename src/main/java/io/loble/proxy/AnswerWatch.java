package io.loble.proxy;

import io.loble.model.AnswerTimes;
import io.loble.model.Backend;
import io.loble.model.Pool;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long a backend takes from the attempt to its first byte, for the choice of backends,
 * where a pool wants to know. One connection's, or one request's.
 */
final class AnswerWatch {

  private @Nullable AnswerTimes awaited;
  private long triedNanos;
  private long connectedNanos;
  private long askedNanos;

  /** A backend of the pool is tried; one that was tried before is awaited no more. */
  void tries(Pool pool, Backend backend) {
    stop();
    if (pool.observation().latency()) {
      triedNanos = System.nanoTime();
      awaited = backend.stats().answers();
      awaited.awaited(triedNanos);
    }
  }

  /** The backend is connected. */
  void connected(long nowNanos) {
    connectedNanos = nowNanos;
    askedNanos = nowNanos;
  }

  /** The client has said something: the answer is to what it says last. */
  void asked() {
    if (awaited != null) {
      // An upload, or a client that thinks, is not slowness.
      askedNanos = System.nanoTime();
    }
  }

  /** The backend has sent its first byte. */
  void answered() {
    AnswerTimes answers = awaited;
    if (answers != null) {
      stop();
      long now = System.nanoTime();
      answers.record(connectedNanos - triedNanos + now - askedNanos, now);
    }
  }

  /** The backend has failed before its first byte. */
  void failed() {
    AnswerTimes answers = awaited;
    if (answers != null) {
      stop();
      answers.failed(System.nanoTime());
    }
  }

  /** It is over: what was asked and not answered so far counts for as long as it has waited. */
  void end() {
    AnswerTimes answers = awaited;
    if (answers != null && askedNanos > connectedNanos) {
      long now = System.nanoTime();
      answers.gaveUp(now - askedNanos, now);
    }
    stop();
  }

  /** Nothing is awaited any more. */
  void stop() {
    if (awaited != null) {
      awaited.noLongerAwaited();
      awaited = null;
    }
  }
}
