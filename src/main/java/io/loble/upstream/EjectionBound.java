package io.loble.upstream;

import io.loble.model.BackendMode;
import io.loble.upstream.health.BackendMonitor;
import java.util.List;

/** How many backends of a pool may be ejected at once. Pure. */
final class EjectionBound {

  private EjectionBound() {}

  /**
   * Whether one more may be.
   *
   * @param pool all backends of its pool
   * @param maxShare the share of those that are wanted which may be out, rounded down; one always
   *     may, but never the last in rotation
   */
  static boolean allows(BackendMonitor backend, List<BackendMonitor> pool, double maxShare) {
    List<BackendMonitor> wanted = pool.stream().filter(EjectionBound::isWanted).toList();
    long out = wanted.stream().filter(BackendMonitor::isEjected).count();
    boolean isLast =
        wanted.stream().noneMatch(other -> other != backend && other.state().inRotation());
    return !isLast && out < Math.max(1, (long) (maxShare * wanted.size()));
  }

  private static boolean isWanted(BackendMonitor backend) {
    return backend.mode() == BackendMode.READY && backend.config().weight() > 0;
  }
}
