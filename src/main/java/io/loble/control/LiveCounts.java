package io.loble.control;

import io.loble.model.Backend;
import io.loble.model.Pool;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts the open connections of a running balancer. May be used from any thread. */
record LiveCounts(RunningBalancer balancer) implements OpenConnections {

  @Override
  public long ofListener(@Nullable String name) {
    return balancer.listeners().stream()
        .filter(listener -> listener.name().equals(name))
        .mapToLong(listener -> listener.stats().active())
        .sum();
  }

  @Override
  public long ofPool(@Nullable String pool) {
    return active(backends(pool));
  }

  @Override
  public long ofBackend(@Nullable String pool, @Nullable String name) {
    return active(backends(pool).filter(backend -> backend.name().equals(name)));
  }

  private Stream<Backend> backends(@Nullable String name) {
    Pool pool = name == null ? null : balancer.snapshot().pool(name);
    return pool == null ? Stream.empty() : pool.backends().stream();
  }

  private static long active(Stream<Backend> backends) {
    return backends.mapToLong(backend -> backend.stats().admission().active()).sum();
  }
}
