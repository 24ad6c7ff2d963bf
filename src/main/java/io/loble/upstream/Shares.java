package io.loble.upstream;

import io.loble.model.BackendMode;
import io.loble.model.BackendState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The shares of new connections that the balancer is to give the backends of one pool: by weight,
 * level and slow start, and in panic. Pure.
 *
 * <p>Levels spill over as those of Envoy do: a level takes what its weight in rotation, times 1.4,
 * is of all its weight, but no more than all; what it does not take falls to the next. When all
 * together take less than all, each takes more in proportion.
 */
final class Shares {

  /** A level that has lost less than 29 % of its weight takes everything. */
  private static final double OVERPROVISIONING = 1.4;

  private Shares() {}

  /**
   * A backend that is to have a share.
   *
   * @param weight 0 to 256
   * @param part what its weight is multiplied with, above 0
   * @param priority of its level; the lowest is the first
   */
  record Candidate(int weight, double part, int priority, BackendMode mode, BackendState state) {

    private boolean isWanted() {
      return mode == BackendMode.READY && weight > 0;
    }

    private boolean isIn() {
      return isWanted() && state.inRotation();
    }

    private double effective() {
      return weight * part;
    }
  }

  /**
   * What one backend gets.
   *
   * @param weight 0 or more. Out of rotation it bounds trials only: with 0 there are none
   * @param panic whether it gets that although it is out of rotation
   */
  record Share(double weight, boolean panic) {}

  /**
   * The share of each.
   *
   * @param panicThreshold while less than this share of each level's weight is in rotation, all
   *     that are wanted of a level are used, in rotation or not; 0 for never
   */
  static List<Share> of(List<Candidate> candidates, double panicThreshold) {
    SortedMap<Integer, List<Candidate>> levels = levels(candidates);
    boolean panic = isPanic(levels, panicThreshold);
    Predicate<Candidate> isUsed = c -> c.isIn() || (panic && c.isWanted());
    Map<Integer, Double> factors = factors(levels, isUsed);
    return candidates.stream()
        .map(c -> share(c, panic, factors.getOrDefault(c.priority(), 0.0)))
        .toList();
  }

  private static Share share(Candidate candidate, boolean panic, double factor) {
    boolean inPanic = panic && factor > 0 && candidate.isWanted() && !candidate.isIn();
    if (candidate.isIn() || inPanic) {
      return new Share(candidate.effective() * factor, inPanic);
    }
    return new Share(candidate.isWanted() ? candidate.weight() : 0, false);
  }

  /** Those that are wanted, by level. */
  private static SortedMap<Integer, List<Candidate>> levels(List<Candidate> candidates) {
    return candidates.stream()
        .filter(Candidate::isWanted)
        .collect(Collectors.groupingBy(Candidate::priority, TreeMap::new, Collectors.toList()));
  }

  /** A level that has enough in rotation is a better place to go than one that has not. */
  private static boolean isPanic(Map<Integer, List<Candidate>> levels, double threshold) {
    return levels.values().stream().allMatch(level -> shareIn(level) < threshold);
  }

  private static double shareIn(List<Candidate> level) {
    return weight(level, Candidate::isIn) / weight(level, c -> true);
  }

  private static double weight(List<Candidate> candidates, Predicate<Candidate> which) {
    return candidates.stream().filter(which).mapToDouble(Candidate::weight).sum();
  }

  /** What the weights of each level are multiplied with; those of the first that is used stay. */
  private static Map<Integer, Double> factors(
      SortedMap<Integer, List<Candidate>> levels, Predicate<Candidate> isUsed) {
    Map<Integer, Double> factors = new LinkedHashMap<>();
    double ofFirst = 0;
    for (Map.Entry<Integer, Double> load : loads(levels).entrySet()) {
      double effective =
          levels.getOrDefault(load.getKey(), List.of()).stream()
              .filter(isUsed)
              .mapToDouble(Candidate::effective)
              .sum();
      if (load.getValue() > 0 && effective > 0) {
        double perWeight = load.getValue() / effective;
        ofFirst = ofFirst == 0 ? perWeight : ofFirst;
        factors.put(load.getKey(), perWeight / ofFirst);
      }
    }
    return factors;
  }

  /** The part of all connections that each level takes. */
  private static Map<Integer, Double> loads(SortedMap<Integer, List<Candidate>> levels) {
    Map<Integer, Double> able = new LinkedHashMap<>();
    levels.forEach(
        (priority, level) -> able.put(priority, Math.min(1, OVERPROVISIONING * shareIn(level))));
    double sum = able.values().stream().mapToDouble(Double::doubleValue).sum();
    if (sum == 0 && !levels.isEmpty()) {
      return Map.of(levels.firstKey(), 1.0);
    }
    Map<Integer, Double> loads = new LinkedHashMap<>();
    double left = 1;
    for (Map.Entry<Integer, Double> level : able.entrySet()) {
      double load = sum < 1 ? level.getValue() / sum : Math.min(left, level.getValue());
      loads.put(level.getKey(), load);
      left -= load;
    }
    return loads;
  }
}
