package io.loble.net.dns;

import io.vertx.core.Future;

/**
 * A name that is looked up again and again. To be used from one context, and not while it is being
 * looked up.
 *
 * @param <T> what is looked for
 */
public interface Lookup<T> {

  /** Looks it up; never fails, for that is a {@link Reply.Failed}. */
  Future<Reply<T>> look();
}
