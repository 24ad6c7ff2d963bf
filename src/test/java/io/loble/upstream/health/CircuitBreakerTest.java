package io.loble.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.Circuit;
import io.loble.upstream.health.CircuitBreaker.State;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** When connections to a backend are given up for a while. */
class CircuitBreakerTest {

  @Property
  void opensWhenTheShareOfFailuresInTheWindowIsReached(
      @ForAll @IntRange(min = 1, max = 20) int window,
      @ForAll @DoubleRange(min = 0.01, max = 1) double rate,
      @ForAll @Size(max = 100) List<Boolean> failures) {
    CircuitBreaker breaker = new CircuitBreaker(rules(window, rate, 1));
    Deque<Boolean> last = new ArrayDeque<>();
    for (boolean failure : failures) {
      see(breaker, failure);
      last.addLast(failure);
      if (last.size() > window) {
        last.removeFirst();
      }
      long failed = last.stream().filter(each -> each).count();
      boolean opens = failure && last.size() == window && failed >= rate * window;
      assertThat(breaker.state()).isEqualTo(opens ? State.OPEN : State.CLOSED);
      if (opens) {
        return;
      }
    }
  }

  private static void see(CircuitBreaker breaker, boolean failure) {
    if (failure) {
      breaker.failed();
    } else {
      breaker.succeeded(1);
    }
  }

  @Property
  void closesWhenAllThatWereTriedHaveSucceeded(@ForAll @IntRange(min = 1, max = 9) int trials) {
    CircuitBreaker breaker = open(trials);
    breaker.halfOpen();
    for (int i = 0; i < trials; i++) {
      assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
      assertThat(breaker.trialsLeft()).isEqualTo(trials - i);
      breaker.trialSucceeded();
    }
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Property
  void opensAgainWhenOneOfThemFails(@ForAll @IntRange(min = 1, max = 9) int trials) {
    CircuitBreaker breaker = open(trials);
    breaker.halfOpen();
    for (int i = 1; i < trials; i++) {
      breaker.trialSucceeded();
    }
    breaker.trialFailed();
    assertThat(breaker.state()).isEqualTo(State.OPEN);
    breaker.halfOpen();
    assertThat(breaker.trialsLeft()).as("all are tried anew").isEqualTo(trials);
  }

  @Test
  void outcomesOfConnectionsFromBeforeDoNotCountWhileItIsOpen() {
    CircuitBreaker breaker = open(1);
    breaker.failed();
    breaker.succeeded(100);
    breaker.trialSucceeded();
    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void forgetsTheFailuresThatOpenedItOnceItIsClosed() {
    CircuitBreaker breaker = open(1);
    breaker.halfOpen();
    breaker.trialSucceeded();
    breaker.failed();
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void isClosedWhenItIsTurnedOff() {
    CircuitBreaker breaker = open(1);
    breaker.configure(Circuit.OFF);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    for (int i = 0; i < 100; i++) {
      breaker.failed();
    }
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  private static CircuitBreaker open(int trials) {
    CircuitBreaker breaker = new CircuitBreaker(rules(4, 0.5, trials));
    breaker.succeeded(2);
    breaker.failed();
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    breaker.failed();
    assertThat(breaker.state()).isEqualTo(State.OPEN);
    return breaker;
  }

  private static Circuit rules(int window, double rate, int trials) {
    return new Circuit(true, rate, window, Duration.ofSeconds(1), trials);
  }
}
