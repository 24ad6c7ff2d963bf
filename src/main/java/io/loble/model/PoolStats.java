package io.loble.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all cores must share of a pool for its balancing to be exact. One per pool, kept from
 * snapshot to snapshot; every method may be called from any thread and none locks.
 */
public final class PoolStats {

  /** Cores follow a new snapshot one after another: those that are behind find their turns here. */
  private static final int KEPT = 8;

  private final RetryBudget retries = new RetryBudget();
  private final RoomQueue<Place> room = new RoomQueue<>();
  private final RequestCounters requests = new RequestCounters();
  private final DiscoveryStats discovery = new DiscoveryStats();
  private final AtomicInteger sourceTurn = new AtomicInteger();
  private final AtomicReference<List<Turns>> turns = new AtomicReference<>(List.of());
  private final AtomicReference<@Nullable Derived> derived = new AtomicReference<>();

  /** Which connects may be tried again. */
  public RetryBudget retries() {
    return retries;
  }

  /** Those who wait until a backend has room. */
  public RoomQueue<Place> room() {
    return room;
  }

  /** The requests that a listener led to it, whoever answered them. */
  public RequestCounters requests() {
    return requests;
  }

  /** What the sources say that it finds backends by. */
  public DiscoveryStats discovery() {
    return discovery;
  }

  /**
   * Which of so many source addresses is next.
   *
   * @param count 1 or more
   * @return 0 to {@code count - 1}
   */
  public int nextSource(int count) {
    return count == 1 ? 0 : Math.floorMod(sourceTurn.getAndIncrement(), count);
  }

  /**
   * The turns of these backends with these weights: those that other cores take already, or that
   * were taken a few changes ago; otherwise new ones.
   *
   * @param sharers the backends and weights, compared by {@code equals}
   * @param start the order of new turns; its argument is the next of the turns that were current
   *     last, whose numbers go on, or null. Without effects: it may be called more than once
   */
  public Turns turns(Object sharers, Function<@Nullable Turn, TurnOrder> start) {
    while (true) {
      List<Turns> known = Objects.requireNonNull(turns.get());
      Turns found = find(known, sharers);
      if (found != null && found == known.get(0)) {
        return found;
      }
      Turns first = found == null ? begin(known, sharers, start) : found;
      if (turns.compareAndSet(known, withFirst(first, known))) {
        return first;
      }
    }
  }

  /**
   * What was last worked out of the same backends and weights, by any core; otherwise what is
   * worked out now.
   *
   * @param sharers the backends and weights, compared by {@code equals}
   * @param work without effects: may be done by several cores at once
   */
  public <T> T derived(Object sharers, Class<T> type, Supplier<T> work) {
    Derived known = derived.get();
    if (known != null && known.sharers().equals(sharers) && type.isInstance(known.result())) {
      return type.cast(known.result());
    }
    T result = work.get();
    derived.set(new Derived(sharers, result));
    return result;
  }

  /** What was worked out of backends and weights. */
  private record Derived(Object sharers, Object result) {}

  private static @Nullable Turns find(List<Turns> known, Object sharers) {
    for (Turns each : known) {
      if (each.areOf(sharers)) {
        return each;
      }
    }
    return null;
  }

  private static Turns begin(
      List<Turns> known, Object sharers, Function<@Nullable Turn, TurnOrder> start) {
    Turn last = known.isEmpty() ? null : known.get(0).peek();
    return new Turns(sharers, start.apply(last), last == null ? 0 : last.number());
  }

  private static List<Turns> withFirst(Turns first, List<Turns> known) {
    List<Turns> next = new ArrayList<>(known);
    next.remove(first);
    next.add(0, first);
    return List.copyOf(next.subList(0, Math.min(KEPT, next.size())));
  }
}
