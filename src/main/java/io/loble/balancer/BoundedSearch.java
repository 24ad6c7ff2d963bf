package io.loble.balancer;

import io.loble.model.Backend;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The search of one connection for a backend that has no more than its share of the load: first
 * those below their bound, in order, then those that were above it.
 *
 * <p>The other cores place connections meanwhile, and who has counted them too early may see every
 * backend above its bound. So the bound is given up only when their number is the same and none of
 * those that were passed over is below it now: then the others are full for another reason.
 */
final class BoundedSearch implements Iterator<Backend>, Places {

  /** So often the others may have been faster. */
  private static final int MOST_ROUNDS = 64;

  private final LoadBound bound;
  private final Iterator<Backend> order;
  private final Queue<Backend> passedOver = new ArrayDeque<>();
  private long total;
  private int rounds;
  private boolean lifted;
  private int left;
  private @Nullable String trial;

  /**
   * @param order in which backends are to be tried
   */
  BoundedSearch(LoadBound bound, Iterator<Backend> order) {
    this.bound = bound;
    this.order = order;
    this.total = bound.total() + 1;
  }

  @Override
  public boolean hasNext() {
    return order.hasNext() || !passedOver.isEmpty();
  }

  @Override
  public Backend next() {
    if (order.hasNext()) {
      return order.next();
    }
    if (left == 0) {
      countAgain();
    }
    left--;
    return passedOver.remove();
  }

  private void countAgain() {
    long counted = bound.total() + 1;
    rounds++;
    lifted = rounds == MOST_ROUNDS || (counted == total && nobodyIsBelow());
    total = counted;
    left = passedOver.size();
  }

  private boolean nobodyIsBelow() {
    return passedOver.stream().noneMatch(backend -> bound.isBelow(backend, total));
  }

  @Override
  public boolean trialOn(Backend backend) {
    boolean granted = Places.TAKE.trialOn(backend);
    trial = granted ? backend.name() : null;
    return granted;
  }

  @Override
  public boolean placeOn(Backend backend) {
    if (lifted || isTrial(backend)) {
      return Places.TAKE.placeOn(backend);
    }
    int own = backend.maxConnections();
    int most = bound.most(backend, total);
    if (own > 0 && own <= most) {
      return Places.TAKE.placeOn(backend);
    }
    boolean placed = backend.stats().admission().tryAcquire(most);
    if (!placed) {
      passedOver.add(backend);
    }
    return placed;
  }

  /** One on trial is out of rotation, and has no share of which it could have more. */
  private boolean isTrial(Backend backend) {
    return backend.name().equals(trial);
  }
}
