package io.loble.balancer;

import io.loble.model.Backend;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Backends by rising score, the earlier in the list among equals. Each step costs one look at every
 * score, since hardly anyone asks for more than the first.
 */
final class LowestFirst implements Iterator<Backend> {

  private final List<Backend> backends;
  private final double[] scores;
  private int left;

  /**
   * Takes over the scores: they are changed as backends are handed out.
   *
   * @param scores one a backend, none of them infinite
   */
  LowestFirst(List<Backend> backends, double[] scores) {
    this.backends = backends;
    this.scores = scores;
    this.left = backends.size();
  }

  @Override
  public boolean hasNext() {
    return left > 0;
  }

  @Override
  public Backend next() {
    if (left == 0) {
      throw new NoSuchElementException();
    }
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] < scores[best]) {
        best = i;
      }
    }
    scores[best] = Double.POSITIVE_INFINITY;
    left--;
    return backends.get(best);
  }
}
