package io.loble.upstream.discovery;

import io.loble.config.BackendConfig;
import java.util.List;

/** What a source of backends says. */
public sealed interface Answer {

  /**
   * These are all backends that there are now; maybe none.
   *
   * @param backends with names that are unique and stay the same from answer to answer
   */
  record Backends(List<BackendConfig> backends) implements Answer {

    public Backends {
      backends = List.copyOf(backends);
    }
  }

  /**
   * What was asked for does not exist: no such name, no such service, no such file.
   *
   * @param why in words, for logs and the status
   */
  record NotFound(String why) implements Answer {}

  /**
   * There is no answer that can be used: a time-out, an error of the source, an unreadable text.
   *
   * @param why in words, for logs and the status
   */
  record Failed(String why) implements Answer {}
}
