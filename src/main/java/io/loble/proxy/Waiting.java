package io.loble.proxy;

import io.loble.model.Place;
import io.loble.model.Pool;
import io.loble.model.QueueLimits;
import io.loble.model.Rejection;
import io.loble.model.RoomQueue;
import io.loble.net.DeadlineWheel;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The stage in which a client waits until a backend has room. It holds nothing of a backend
 * meanwhile, so one that leaves costs nothing.
 */
final class Waiting extends ClientStage {

  /** What comes of it. */
  interface Next {

    /** The place is the session's. */
    void served(Place place);

    /** It waits no more. */
    void notServed(Rejection reason);
  }

  private final Exchange session;
  private final LoopEnvironment loop;
  private final Pool pool;
  private final WaitClock clock;
  private final Next next;
  private final long end;
  private RoomQueue<Place>.@Nullable Waiter waiter;
  private boolean placeIsComing;
  private boolean over;

  /**
   * @param pool whose backends are full
   * @param clock the client's
   */
  Waiting(Exchange session, LoopEnvironment loop, Pool pool, WaitClock clock, Next next) {
    super(session, loop);
    this.session = session;
    this.loop = loop;
    this.pool = pool;
    this.clock = clock;
    this.next = next;
    this.end = loop.after(limits().timeout().toMillis());
  }

  @Override
  void begin() {
    waiter = room().join(limits().max(), this::placeHasCome);
    if (waiter == null) {
      over = true;
      next.notServed(Rejection.BACKENDS_FULL);
    } else {
      clock.start();
      session.reschedule();
      loop.handOut(pool);
    }
  }

  /** Called on any thread. */
  private void placeHasCome(Place place) {
    try {
      loop.execute(() -> take(place));
    } catch (RejectedExecutionException e) {
      // The event loop has ended, and its sessions with it.
      loop.release(pool, place.backend());
    }
  }

  private void take(Place place) {
    if (over) {
      loop.release(pool, place.backend());
    } else {
      over = true;
      room().served(clock.stop());
      next.served(place);
    }
  }

  @Override
  long end() {
    return placeIsComing ? DeadlineWheel.NEVER : end;
  }

  @Override
  void timedOut() {
    if (waiter != null && waiter.leave()) {
      over = true;
      clock.stop();
      room().timedOut();
      next.notServed(Rejection.QUEUE_TIMEOUT);
    } else {
      placeIsComing = true;
      session.reschedule();
    }
  }

  @Override
  void leave() {
    if (!over) {
      over = true;
      if (waiter != null) {
        clock.stop();
        // Where it is too late for that, take is on its way and gives the place back.
        waiter.leave();
      }
    }
  }

  @Override
  void cut(Ending how) {
    session.close(how);
  }

  @Override
  LiveConnection.State state() {
    return LiveConnection.State.WAITING;
  }

  private QueueLimits limits() {
    return pool.rules().queue();
  }

  private RoomQueue<Place> room() {
    return pool.stats().room();
  }
}
