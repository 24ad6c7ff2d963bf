package io.loble.control;

import io.loble.model.Pool;
import io.loble.model.Snapshot;
import io.loble.proxy.ListenerRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether new clients should be sent to this process. */
public enum Readiness {
  READY("ready"),
  /** The process has begun to stop. */
  DRAINING("draining"),
  /** Nothing accepts clients: not yet, or no longer. */
  NO_LISTENER("no open listener"),
  /** No open listener has a backend in rotation. */
  NO_BACKEND("no usable backend");

  private final String label;

  Readiness(String label) {
    this.label = label;
  }

  /**
   * How it is now. One listener with one backend in rotation is enough: a process that serves part
   * of its clients must not be taken from all of them.
   */
  public static Readiness of(RunningBalancer balancer) {
    if (balancer.process().draining()) {
      return DRAINING;
    }
    List<ListenerRegistry.Entry> listeners = balancer.listeners();
    if (listeners.isEmpty()) {
      return NO_LISTENER;
    }
    Snapshot snapshot = balancer.snapshot();
    return listeners.stream()
            .flatMap(listener -> listener.config().pools().stream())
            .anyMatch(pool -> serves(snapshot.pool(pool)))
        ? READY
        : NO_BACKEND;
  }

  private static boolean serves(@Nullable Pool pool) {
    return pool != null && !pool.inRotation().isEmpty();
  }

  /** The reason in plain words. */
  public String label() {
    return label;
  }
}
