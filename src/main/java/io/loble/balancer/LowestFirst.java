package io.loble.balancer;

import io.loble.model.Backend;
import java.util.List;

/**
 * Backends by rising score. Each step costs one look at every score, since seldom more than the
 * first is asked for; scores are remembered only from the second on.
 */
abstract class LowestFirst extends Candidates {

  private static final double[] NONE = {};

  private final int size;
  private int last;
  private double[] scores = NONE;

  LowestFirst(List<Backend> backends) {
    super(backends);
    this.size = backends.size();
  }

  /** The score of a backend; finite. */
  abstract double score(int index);

  /** Which backend is preferred among equals. */
  abstract int favourite();

  /** From which backend on, round and round, others are preferred among equals. */
  abstract int start();

  /** The index of the backend that has the lowest score of all. */
  int lowest() {
    return lowestLeft();
  }

  @Override
  final int first() {
    last = lowest();
    return last;
  }

  @Override
  final int another() {
    if (scores.length == 0) {
      scores = allScores();
    }
    scores[last] = Double.POSITIVE_INFINITY;
    last = lowestLeft();
    return last;
  }

  private double[] allScores() {
    double[] all = new double[size];
    for (int i = 0; i < all.length; i++) {
      all[i] = score(i);
    }
    return all;
  }

  private int lowestLeft() {
    int best = favourite();
    double lowest = left(best);
    int start = start();
    for (int i = start; i < size; i++) {
      double score = left(i);
      if (score < lowest) {
        best = i;
        lowest = score;
      }
    }
    for (int i = 0; i < start; i++) {
      double score = left(i);
      if (score < lowest) {
        best = i;
        lowest = score;
      }
    }
    return best;
  }

  /** The score of a backend, infinite when it was handed out. */
  private double left(int index) {
    return scores.length == 0 ? score(index) : scores[index];
  }
}
