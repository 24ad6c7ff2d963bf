package io.loble.ctl.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loble.ctl.answer.BackendAnswer;
import io.loble.ctl.answer.ConfigAnswer;
import io.loble.ctl.answer.PoolAnswer;
import io.loble.ctl.answer.StatusAnswer;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** How fast counters grow. */
class RatesTest {

  private static final long SECOND = 1_000_000_000;

  @Property
  void growthTimesTimeIsWhatWasAdded(
      @ForAll @LongRange(max = 1L << 40) long before,
      @ForAll @LongRange(max = 1L << 40) long added,
      @ForAll @LongRange(min = 1, max = 1L << 45) long nanos) {
    double rate = Rates.perSecond(before, before + added, nanos).orElseThrow();
    assertThat(rate * nanos / SECOND).isCloseTo((double) added, within(added * 1e-9));
  }

  @Property
  void aCounterThatWasSetBackHasNoRate(
      @ForAll @LongRange(min = 1, max = 1L << 40) long before,
      @ForAll @LongRange(min = 1, max = 1L << 40) long lost) {
    assertThat(Rates.perSecond(before, before - lost, SECOND)).isEmpty();
  }

  @Example
  void noTimeHasNoRate() {
    assertThat(Rates.perSecond(0, 1, 0)).isEmpty();
  }

  @Example
  void aBackendIsComparedWithItselfInTheSamePool() {
    Sample before = sample(0, pool("a", "x", 10), pool("b", "x", 1_000));
    Sample after = sample(2 * SECOND, pool("b", "x", 1_100), pool("a", "x", 20));
    Rates rates = new Rates(Optional.of(before), after);
    assertThat(rate(rates, "a", "x")).hasValue(5.0);
    assertThat(rate(rates, "b", "x")).hasValue(50.0);
  }

  @Example
  void aBackendThatIsNewHasNoRateYet() {
    Sample after = sample(SECOND, pool("a", "x", 10));
    assertThat(rate(new Rates(Optional.empty(), after), "a", "x")).isEmpty();
    Sample before = sample(0, pool("a", "y", 10));
    assertThat(rate(new Rates(Optional.of(before), after), "a", "x")).isEmpty();
  }

  private static Optional<Double> rate(Rates rates, String pool, String backend) {
    BackendAnswer now = rates.after().backend(pool, backend).orElseThrow();
    return rates.of(pool, now, BackendAnswer::total).stream().boxed().findFirst();
  }

  private static Sample sample(long nanos, PoolAnswer... pools) {
    ConfigAnswer config = new ConfigAnswer(1, "", Optional.empty(), "", List.of());
    return new Sample(
        nanos,
        new StatusAnswer(
            "", "", 0, "", Optional.empty(), false, 1, config, List.of(), List.of(pools)));
  }

  private static PoolAnswer pool(String name, String backend, long total) {
    BackendAnswer only =
        new BackendAnswer(
            backend,
            backend,
            1,
            "healthy",
            "ready",
            "configuration",
            "",
            "",
            0,
            total,
            0,
            0,
            0,
            Optional.empty());
    return new PoolAnswer(name, "rr", Optional.empty(), Optional.empty(), List.of(), List.of(only));
  }
}
