package io.loble.proxy;

import io.loble.balancer.Choice;
import io.loble.balancer.Pick;
import io.loble.model.Place;
import io.loble.model.Pool;
import io.loble.model.Rejection;
import io.loble.model.RetryBudget;
import io.loble.model.Retrying;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The choice of a backend for one connection: the next one that has room, and after a connect that
 * failed another one, until one is connected or no attempt is left. When all that can be had were
 * tried, it begins again with a choice of its own.
 */
final class Picking implements Waiting.Next {

  /** The session, which goes on from here. */
  interface Next extends Exchange {

    /**
     * A backend is to be connected to. A place on it is the session's.
     *
     * @param picking is to be told when that fails
     */
    void picked(Pick.Chosen chosen, Picking picking);

    /** Nothing is to be done until a stage is over. */
    void waits(Stage stage);

    /**
     * The client waits until a backend has room.
     *
     * @param picking is to be told what comes of it
     */
    void waitsForRoom(Pool pool, Picking picking);

    /** Turns the client away. */
    void reject(Rejection reason);
  }

  private final Next session;
  private final LoopEnvironment loop;
  private final Supplier<Choice> choices;
  private final Pool pool;
  private @Nullable Choice choice;
  private int retries;
  private boolean tried;

  /**
   * @param choices begins a choice of the client's, as the current snapshot has the pool
   */
  Picking(Next session, LoopEnvironment loop, Supplier<Choice> choices, Pool pool) {
    this.session = session;
    this.loop = loop;
    this.choices = choices;
    this.pool = pool;
  }

  /** Picks the first backend, or has the client turned away. */
  void begin() {
    if (rules().most() > 0) {
      budget().connection(System.nanoTime());
    }
    if (isAwaited()) {
      waitForRoom();
    } else {
      pick();
    }
  }

  /** Who comes while others wait is behind them. */
  private boolean isAwaited() {
    return pool.rules().queue().max() > 0
        && pool.stats().room().isAwaited()
        && !pool.inRotation().isEmpty();
  }

  private void waitForRoom() {
    session.waitsForRoom(pool, this);
  }

  @Override
  public void served(Place place) {
    tried = true;
    session.picked(new Pick.Chosen(place.backend(), place.trial()), this);
  }

  @Override
  public void notServed(Rejection reason) {
    giveUp(reason);
  }

  private void pick() {
    Choice going = choice;
    Pick pick = going == null ? null : going.pick();
    if (pick == null || pick instanceof Pick.Refused) {
      Choice next = choices.get();
      choice = next;
      pick = next.pick();
    }
    follow(pick);
  }

  private void follow(Pick pick) {
    if (pick instanceof Pick.Chosen next) {
      tried = true;
      session.picked(next, this);
    } else if (pick instanceof Pick.Refused refused) {
      giveUp(refused.reason());
    } else if (pick instanceof Pick.Wait) {
      waitForRoom();
    }
  }

  private void giveUp(Rejection reason) {
    session.reject(tried ? Rejection.CONNECT_FAILED : reason);
  }

  /** A connect to the backend that was picked last has failed; nothing of it is held any more. */
  void connectFailed(Pick.Chosen chosen) {
    if (chosen.trial()) {
      pick();
    } else if (retries < rules().most() && budget().tryRetry(rules().budget(), System.nanoTime())) {
      retry(loop.draw(rules().longestPauseMillis(retries++)));
    } else {
      session.reject(Rejection.CONNECT_FAILED);
    }
  }

  private void retry(long pauseMillis) {
    if (pauseMillis == 0) {
      pick();
    } else {
      session.waits(new Pausing(session, loop, pauseMillis, this::pick));
    }
  }

  private Retrying rules() {
    return pool.rules().retrying();
  }

  private RetryBudget budget() {
    return pool.stats().retries();
  }
}
