package io.loble.balancer;

import io.loble.balancer.Forecast.Odds;
import io.loble.model.Backend;
import io.loble.model.Balancing;
import io.loble.model.Pool;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the backends of connections, as one snapshot has a pool. Belongs to one event loop;
 * immutable but for what its algorithm needs.
 */
public final class Picker {

  private final Pool pool;
  private final Balancer balancer;
  private final List<Backend> outOfRotation;
  private final @Nullable LoadBound bound;

  /**
   * @param random what random choices are drawn from; used on the caller's thread only
   * @param clock as {@link System#nanoTime}
   */
  public Picker(Pool pool, RandomGenerator random, LongSupplier clock) {
    this.pool = pool;
    this.balancer = Balancers.of(pool, random, clock);
    this.outOfRotation = pool.backends().stream().filter(pool::mayTry).toList();
    Balancing balancing = pool.rules().balancing();
    this.bound =
        balancing.isBounded() ? LoadBound.of(pool.inRotation(), balancing.balanceFactor()) : null;
  }

  private boolean hasQueue() {
    return pool.rules().queue().max() > 0;
  }

  public Pool pool() {
    return pool;
  }

  /** Begins the choice of one connection, which takes its turn. */
  public Choice choose(ClientKey client) {
    return choose(client, null);
  }

  /**
   * Begins the choice of one connection, or request, which takes its turn.
   *
   * @param preferred the backend in rotation that it is to go to if that has room; null for none
   */
  public Choice choose(ClientKey client, @Nullable Backend preferred) {
    Iterator<Backend> algorithm = balancer.candidates(client);
    Iterator<Backend> candidates =
        preferred == null ? algorithm : new PreferredFirst(preferred, algorithm);
    if (bound == null) {
      return new Choice(outOfRotation, candidates, Places.TAKE, hasQueue());
    }
    BoundedSearch search = new BoundedSearch(bound, candidates);
    return new Choice(outOfRotation, search, search, hasQueue());
  }

  /**
   * What {@link #choose} would come to for a client now; takes nothing.
   *
   * @param client null when what the choice depends on is not known
   * @param limited whether the process takes no more connections
   */
  public Explanation explain(@Nullable ClientKey client, boolean limited) {
    Forecast forecast = forecast(client);
    Iterator<Backend> order = forecast.order().stream().map(Odds::backend).iterator();
    Choice rehearsal = new Choice(outOfRotation, order, Places.LOOK, hasQueue());
    List<Pick.Chosen> chosen = new ArrayList<>();
    Pick pick = rehearsal.pick();
    while (pick instanceof Pick.Chosen next) {
      chosen.add(next);
      pick = rehearsal.pick();
    }
    return Explanation.of(pool, chosen, pick, forecast, limited);
  }

  private Forecast forecast(@Nullable ClientKey client) {
    if (client == null) {
      Forecast anyone = Forecast.byWeight(pool.inRotation());
      return bound == null ? anyone : bound.among(anyone);
    }
    Forecast forecast = balancer.forecast(client);
    return bound == null ? forecast : bound.first(forecast);
  }
}
