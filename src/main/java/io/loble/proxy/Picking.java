package io.loble.proxy;

import io.loble.balancer.Choice;
import io.loble.balancer.Pick;
import io.loble.model.Rejection;

/**
 * The choice of a backend for one connection: the next one that has room, and after a connect that
 * failed another one, until one is connected or none is left. Takes no time: a connection that is
 * to wait for room would get a stage of its own, which asks again.
 */
final class Picking {

  /** The session, which goes on from here. */
  interface Next {

    /**
     * A backend is to be connected to. A place on it is the session's.
     *
     * @param picking is to be told when that fails
     */
    void picked(Pick.Chosen chosen, Picking picking);

    /** Turns the client away. */
    void reject(Rejection reason);
  }

  private final Next session;
  private final Choice choice;
  private int retriesLeft;
  private boolean tried;

  /**
   * @param retries how many further backends may be tried, those on trial not counted
   */
  Picking(Next session, Choice choice, int retries) {
    this.session = session;
    this.choice = choice;
    this.retriesLeft = retries;
  }

  /** Picks a backend, or has the client turned away. */
  void pick() {
    Pick pick = choice.pick();
    if (pick instanceof Pick.Chosen next) {
      tried = true;
      session.picked(next, this);
    } else if (pick instanceof Pick.Refused refused) {
      giveUp(refused.reason());
    } else if (pick instanceof Pick.Wait wait) {
      // No pool has a queue yet in which the client could wait.
      giveUp(wait.reason());
    }
  }

  private void giveUp(Rejection reason) {
    session.reject(tried ? Rejection.CONNECT_FAILED : reason);
  }

  /** A connect to the backend that was picked last has failed; nothing of it is held any more. */
  void connectFailed(Pick.Chosen chosen) {
    if (chosen.trial() || retriesLeft-- > 0) {
      pick();
    } else {
      session.reject(Rejection.CONNECT_FAILED);
    }
  }
}
