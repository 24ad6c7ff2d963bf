package io.loble.proxy;

import io.loble.balancer.Choice;
import io.loble.balancer.Pick;
import io.loble.model.Pool;
import io.loble.model.Rejection;
import io.loble.net.DeadlineWheel;
import io.loble.net.Stream;
import io.loble.net.StreamKind;
import io.netty.buffer.ByteBuf;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How one request gets a place on a backend: the stages of a connection, but for a connection to
 * the backend that is there already. Called on its event loop.
 */
public final class Placing implements Picking.Next, Connecting.Next {

  /** The request. */
  public interface Next {

    /**
     * A place on a backend is the request's.
     *
     * @return whether it has a connection to it and goes on; else one is made
     */
    boolean reuses(Lease lease);

    /** There is a new connection to the backend. */
    void connected(Lease lease, Stream backend);

    /** It gets no place. */
    void refused(Rejection why);

    /** To call {@link #expired} at that tick, and not at another one that was said before. */
    void schedule(long due);
  }

  private final LoopEnvironment loop;
  private final Pool pool;
  private final Greeting greeting;
  private final Next next;
  private final Picking picking;
  private @Nullable Lifetime lifetime;
  private @Nullable WaitClock clock;
  private @Nullable Lease lease;
  private Stage stage = Stage.NONE;
  private int attempts;

  /**
   * @param choices begins a choice of the client's, as the current snapshot has the pool
   */
  public Placing(
      LoopEnvironment loop, Pool pool, Supplier<Choice> choices, Greeting greeting, Next next) {
    this.loop = loop;
    this.pool = pool;
    this.greeting = greeting;
    this.next = next;
    this.picking = new Picking(this, loop, choices, pool);
  }

  /** Looks for a place. */
  public void begin() {
    picking.begin();
  }

  /** Looks for another one, as after a connect that failed; the last was given back. */
  public void again() {
    if (lease == null) {
      throw new IllegalStateException("had no place");
    }
    picking.connectFailed(lease.chosen());
  }

  /** The request is given up; a place that it was told of is its own to give back. */
  public void cancel() {
    Stage last = stage;
    if (last != Stage.NONE) {
      stage = Stage.NONE;
      last.leave();
      abandon();
    }
  }

  /** Whether it still looks for a place. */
  public boolean isUnderWay() {
    return stage != Stage.NONE;
  }

  /** A tick has come that was asked for. */
  public void expired() {
    stage.expired();
  }

  /** How many backends were tried. */
  public int attempts() {
    return attempts;
  }

  /** The place that it had last, given back or not; null when it had none. */
  public @Nullable Lease lease() {
    return lease;
  }

  /** For how long the request has waited until a backend had room. */
  public long waitedNanos() {
    return clock == null ? 0 : clock.nanos();
  }

  private void abandon() {
    if (lease != null) {
      lease.abandoned();
    }
  }

  private void enter(Stage then) {
    stage = then;
    then.begin();
  }

  // As the stages tell.

  @Override
  public void picked(Pick.Chosen chosen, Picking by) {
    abandon();
    attempts++;
    Lease place = new Lease(loop, pool, chosen);
    lease = place;
    stage = Stage.NONE;
    if (!next.reuses(place)) {
      enter(new Connecting(this, loop, pool, chosen, by, greeting, StreamKind.CHANNEL));
    }
  }

  @Override
  public void waits(Stage until) {
    enter(until);
  }

  @Override
  public void waitsForRoom(Pool full, Picking by) {
    WaitClock measure = clock == null ? new WaitClock() : clock;
    clock = measure;
    enter(new Waiting(this, loop, full, measure, by));
  }

  @Override
  public void connected(Stream backend) {
    stage = Stage.NONE;
    if (lease == null) {
      throw new IllegalStateException("has no place");
    }
    backend.belongTo(new UnwatchedOwner());
    announce(backend);
    next.connected(lease, backend);
  }

  /** Where the connection is encrypted, that was said before. */
  private void announce(Stream backend) {
    ByteBuf header = pool.outbound().tls().enabled() ? null : greeting.header();
    if (header != null) {
      backend.send(header);
    }
  }

  @Override
  public void reject(Rejection reason) {
    stage = Stage.NONE;
    abandon();
    next.refused(reason);
  }

  @Override
  public Lifetime lifetime() {
    Lifetime known = lifetime == null ? new Lifetime(loop, DeadlineWheel.NEVER) : lifetime;
    lifetime = known;
    return known;
  }

  @Override
  public void reschedule() {
    next.schedule(stage.due());
  }

  /** Its connection ends it, not the stage: this is what the stage has in its place. */
  @Override
  public void close(Ending how) {
    cancel();
    next.refused(Rejection.QUEUE_TIMEOUT);
  }

  @Override
  public void resetBoth(Ending how) {
    close(how);
  }
}
