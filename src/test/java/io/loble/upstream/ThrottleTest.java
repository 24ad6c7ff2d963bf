package io.loble.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.upstream.health.ManualClock;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What may be done only so often is done then, and is done at all. */
class ThrottleTest {

  private static final long MILLIS = 100;

  private final ManualClock clock = new ManualClock();
  private final List<Long> done = new ArrayList<>();
  private final Throttle throttle =
      new Throttle(clock, () -> MILLIS, () -> done.add(clock.nanos()));

  @Property
  void isDoneAfterEachRequestAndNeverTwiceWithinTheTime(
      @ForAll @Size(max = 50) List<@IntRange(max = 300) Integer> pauses) {
    ThrottleTest test = new ThrottleTest();
    List<Long> requests = new ArrayList<>();
    for (int pause : pauses) {
      test.clock.pass(pause);
      requests.add(test.clock.nanos());
      test.throttle.request();
    }
    test.clock.pass(MILLIS);
    for (long request : requests) {
      assertThat(test.done).anyMatch(at -> at >= request && at <= request + MILLIS * 1_000_000);
    }
    for (int i = 1; i < test.done.size(); i++) {
      assertThat(test.done.get(i) - test.done.get(i - 1))
          .isGreaterThanOrEqualTo(MILLIS * 1_000_000);
    }
    assertThat(test.done.size()).isLessThanOrEqualTo(requests.size());
  }

  @Property(tries = 1)
  void nothingIsDoneOnceItHasStopped() {
    throttle.request();
    throttle.request();
    throttle.stop();
    clock.pass(10 * MILLIS);
    assertThat(done).hasSize(1);
  }
}
