package io.loble.upstream.probe;

import io.vertx.core.Future;

/** What a probe says to a backend that it is connected to, and wants to hear. */
interface Conversation<C> {

  /**
   * Succeeds when the backend answers as it should. Closing the connection, and giving up when no
   * answer comes, is up to others.
   */
  Future<Void> hold(C connection);
}
