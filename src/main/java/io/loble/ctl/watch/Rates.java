package io.loble.ctl.watch;

import io.loble.ctl.answer.BackendAnswer;
import io.loble.ctl.answer.ListenerAnswer;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

/** How fast counters grew from one sample to the next. */
record Rates(Optional<Sample> before, Sample after) {

  /**
   * The growth of a counter in a second.
   *
   * @return empty when no time has passed, or the counter was set back, as by a restart
   */
  static OptionalDouble perSecond(long before, long after, long nanos) {
    return nanos <= 0 || after < before
        ? OptionalDouble.empty()
        : OptionalDouble.of((after - before) * 1e9 / nanos);
  }

  /** That of a listener; empty when it was not there before. */
  OptionalDouble of(ListenerAnswer now, ToLongFunction<ListenerAnswer> counter) {
    return between(before.flatMap(sample -> sample.listener(now.name())), now, counter);
  }

  /** That of a backend; empty when it was not there before. */
  OptionalDouble of(String pool, BackendAnswer now, ToLongFunction<BackendAnswer> counter) {
    return between(before.flatMap(sample -> sample.backend(pool, now.name())), now, counter);
  }

  private <T> OptionalDouble between(Optional<T> then, T now, ToLongFunction<T> counter) {
    return before.isEmpty() || then.isEmpty()
        ? OptionalDouble.empty()
        : perSecond(
            counter.applyAsLong(then.get()),
            counter.applyAsLong(now),
            after.nanos() - before.get().nanos());
  }
}
