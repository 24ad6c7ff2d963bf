package io.loble.upstream.member;

import io.loble.config.BackendConfig;
import io.loble.model.Source;
import java.util.List;

/** Names the members of one pool, and tells when they change. Used on one context. */
public interface MemberSource {

  /** Hears who is in the pool. */
  interface Listener {

    /**
     * Called with all members that the source knows of, not only with what has changed. The same
     * list again changes nothing.
     */
    void members(Source source, List<BackendConfig> members);
  }

  /**
   * Starts to follow the members. The listener is called as soon as they are known, which may be
   * before this returns, and again for every change until {@link #stop}.
   */
  void start(Listener listener);

  /** Stops; the listener is not called any more. */
  void stop();
}
