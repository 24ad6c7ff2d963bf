package io.loble.upstream;

import io.loble.model.BackendMode;
import io.loble.model.BackendState;
import java.util.List;
import java.util.Map;
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
   * @param part of its weight that it has, above 0 and at most 1
   * @param priority of its level; the lowest is the first
   */
  record Candidate(int weight, double part, int priority, BackendMode mode, BackendState state) {

    private boolean isWanted() {
      return mode == BackendMode.READY && weight > 0;
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
   * @param panicThreshold below this share of the weight in rotation all that are wanted count as
   *     if they were in rotation; 0 for never
   */
  static List<Share> of(List<Candidate> candidates, double panicThreshold) {
    boolean panic = isPanic(candidates, panicThreshold);
    Predicate<Candidate> isUsed = c -> c.isWanted() && (panic || c.state().inRotation());
    Map<Integer, Double> factors = factors(candidates, isUsed);
    return candidates.stream()
        .map(
            c ->
                isUsed.test(c)
                    ? new Share(
                        c.effective() * factors.getOrDefault(c.priority(), 0.0),
                        !c.state().inRotation())
                    : new Share(c.isWanted() ? c.weight() : 0, false))
        .toList();
  }

  /** Whether too small a share of the wanted weight is in rotation. */
  static boolean isPanic(List<Candidate> candidates, double threshold) {
    double wanted = weight(candidates, Candidate::isWanted);
    double in = weight(candidates, c -> c.isWanted() && c.state().inRotation());
    return wanted > 0 && in < threshold * wanted;
  }

  private static double weight(List<Candidate> candidates, Predicate<Candidate> which) {
    return candidates.stream().filter(which).mapToDouble(Candidate::weight).sum();
  }

  /** What the weights of each level are multiplied with; those of the first that is used stay. */
  private static Map<Integer, Double> factors(
      List<Candidate> candidates, Predicate<Candidate> isUsed) {
    Map<Integer, List<Candidate>> levels =
        candidates.stream()
            .filter(Candidate::isWanted)
            .collect(Collectors.groupingBy(Candidate::priority, TreeMap::new, Collectors.toList()));
    Map<Integer, Double> loads = loads(levels, isUsed);
    Map<Integer, Double> factors = new TreeMap<>();
    double perWeight = 0;
    for (Map.Entry<Integer, Double> level : loads.entrySet()) {
      double effective =
          levels.getOrDefault(level.getKey(), List.of()).stream()
              .filter(isUsed)
              .mapToDouble(Candidate::effective)
              .sum();
      if (level.getValue() > 0 && effective > 0) {
        double own = level.getValue() / effective;
        perWeight = perWeight == 0 ? own : perWeight;
        factors.put(level.getKey(), own / perWeight);
      }
    }
    return factors;
  }

  /** The part of all connections that each level takes. */
  private static Map<Integer, Double> loads(
      Map<Integer, List<Candidate>> levels, Predicate<Candidate> isUsed) {
    Map<Integer, Double> able = new TreeMap<>();
    levels.forEach(
        (priority, members) ->
            able.put(
                priority,
                Math.min(
                    1, OVERPROVISIONING * weight(members, isUsed) / weight(members, c -> true))));
    double sum = able.values().stream().mapToDouble(Double::doubleValue).sum();
    double left = 1;
    Map<Integer, Double> loads = new TreeMap<>();
    for (Map.Entry<Integer, Double> level : able.entrySet()) {
      double load = sum < 1 ? level.getValue() / sum : Math.min(left, level.getValue());
      loads.put(level.getKey(), sum == 0 ? 0 : load);
      left -= load;
    }
    return loads;
  }
}
