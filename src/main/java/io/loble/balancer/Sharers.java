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
    BackendStats[] who = new BackendStats[backends.size()];
    long[] units = new long[who.length];
    for (int i = 0; i < who.length; i++) {
      who[i] = backends.get(i).stats();
      units[i] = units(backends.get(i));
    }
    return new Sharers(List.of(who), units);
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

  /** Whether the backends are the same, whatever their shares. */
  boolean areThoseOf(Sharers other) {
    return who.equals(other.who);
  }

  long units(int index) {
    return units[index];
  }

  long totalUnits() {
    return Arrays.stream(units).sum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sharers that && Arrays.equals(units, that.units) && areThoseOf(that);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(units);
  }
}
