package io.loble.ctl.watch;

import io.loble.ctl.answer.BackendAnswer;
import io.loble.ctl.answer.ListenerAnswer;
import io.loble.ctl.answer.StatusAnswer;
import java.util.Optional;

/**
 * What the status was at a time.
 *
 * @param nanos by a clock that only goes forward
 */
record Sample(long nanos, StatusAnswer status) {

  Optional<ListenerAnswer> listener(String name) {
    return status.listeners().stream().filter(l -> l.name().equals(name)).findFirst();
  }

  Optional<BackendAnswer> backend(String pool, String name) {
    return status.pools().stream()
        .filter(p -> p.name().equals(pool))
        .flatMap(p -> p.backends().stream())
        .filter(b -> b.name().equals(name))
        .findFirst();
  }
}
