package io.loble.balancer;

import io.loble.model.Backend;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The backends of one choice, each of them once, in an order that is worked out as it is asked. */
abstract class Candidates implements Iterator<Backend> {

  private final List<Backend> backends;
  private int handedOut;

  /**
   * @param backends all that are to be handed out
   */
  Candidates(List<Backend> backends) {
    this.backends = backends;
  }

  /** The index of the one that comes first. */
  abstract int first();

  /** The index of the one that comes next; there is one that was not handed out yet. */
  abstract int another();

  @Override
  public final boolean hasNext() {
    return handedOut < backends.size();
  }

  @Override
  public final Backend next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int index = handedOut == 0 ? first() : another();
    handedOut++;
    return backends.get(index);
  }
}
