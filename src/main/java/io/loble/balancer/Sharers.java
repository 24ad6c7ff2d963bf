package io.loble.balancer;

import io.loble.model.Backend;
import io.loble.model.BackendStats;
import java.util.Arrays;
import java.util.List;

/** Backends that take turns, and their shares in whole units. Equal when both are the same. */
final class Sharers {

  /** A weight of 1; fractions are rounded to this part of it. */
  private static final int UNITS_PER_WEIGHT = 1024;

  private final List<BackendStats> who;
  private final long[] units;

  private Sharers(List<BackendStats> who, long[] units) {
    this.who = who;
    this.units = units;
  }

  /** All of these backends have a weight. */
  static Sharers of(List<Backend> backends) {
    return new Sharers(
        backends.stream().map(Backend::stats).toList(),
        backends.stream().mapToLong(Sharers::units).toArray());
  }

  /** A backend's share, 1 or more. */
  static long units(Backend backend) {
    return Math.max(1, Math.round(backend.effectiveWeight() * UNITS_PER_WEIGHT));
  }

  int size() {
    return units.length;
  }

  /** What stays the same of a backend from snapshot to snapshot. */
  BackendStats who(int index) {
    return who.get(index);
  }

  long units(int index) {
    return units[index];
  }

  long totalUnits() {
    return Arrays.stream(units).sum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sharers that
        && Arrays.equals(units, that.units)
        && who.equals(that.who);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(units);
  }
}
