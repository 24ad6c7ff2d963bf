package io.loble.control;

import io.loble.model.Pool;
import io.loble.model.Snapshot;
import io.loble.proxy.ListenerRegistry;
import java.util.List;
import java.util.Objects;

/** Whether new clients should be sent to this process. */
public enum Readiness {
  READY("ready"),
  /** The process has begun to stop. */
  DRAINING("draining"),
  /** Nothing accepts clients: not yet, or no longer. */
  NO_LISTENER("no open listener"),
  /** A pool waits for the first answer of what it finds backends by. */
  NOT_DISCOVERED("backends are not found as yet"),
  /** No open listener has a backend in rotation. */
  NO_BACKEND("no usable backend");

  private final String label;

  Readiness(String label) {
    this.label = label;
  }

  /**
   * How it is now. One listener with one backend in rotation is enough: a process that serves part
   * of its clients must not be taken from all of them. But none is, at its start, before its pools
   * know who there is.
   */
  public static Readiness of(RunningBalancer balancer) {
    if (balancer.process().draining()) {
      return DRAINING;
    }
    List<ListenerRegistry.Entry> listeners = balancer.listeners();
    if (listeners.isEmpty()) {
      return NO_LISTENER;
    }
    List<Pool> pools = poolsOf(listeners, balancer.snapshot());
    if (pools.stream().anyMatch(Readiness::isAwaited)) {
      return NOT_DISCOVERED;
    }
    return pools.stream().anyMatch(pool -> !pool.inRotation().isEmpty()) ? READY : NO_BACKEND;
  }

  private static List<Pool> poolsOf(List<ListenerRegistry.Entry> listeners, Snapshot snapshot) {
    return listeners.stream()
        .flatMap(listener -> listener.config().pools().stream())
        .map(snapshot::pool)
        .filter(Objects::nonNull)
        .toList();
  }

  private static boolean isAwaited(Pool pool) {
    return pool.stats().discovery().isAwaited(System.nanoTime());
  }

  /** The reason in plain words. */
  public String label() {
    return label;
  }
}
