package io.loble.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What a value must be, and how that is said. */
class ExpectationTest {

  private static final double NONE = Double.POSITIVE_INFINITY;

  @Property
  void aRangeHoldsBetweenItsEnds(@ForAll int min, @ForAll int max, @ForAll int seen) {
    assertThat(new Expectation.Range(min, max).holds((long) seen))
        .isEqualTo(seen >= min && seen <= max);
  }

  @Test
  void aWordIsNoNumber() {
    assertThat(new Expectation.Word("healthy").holds("healthy")).isTrue();
    assertThat(new Expectation.Word("healthy").holds("unhealthy")).isFalse();
    assertThat(new Expectation.Range(0, NONE).holds("0")).isFalse();
  }

  @Test
  void asText() {
    assertThat(new Expectation.Range(3, 3)).hasToString("3");
    assertThat(new Expectation.Range(-NONE, 2.5)).hasToString("at most 2.5");
    assertThat(new Expectation.Range(1, NONE)).hasToString("at least 1");
    assertThat(new Expectation.Range(1, 1000)).hasToString("1 to 1000");
    assertThat(Text.of(Duration.ofMillis(250))).isEqualTo("250 ms");
    assertThat(Text.of(Duration.ofMillis(1500))).isEqualTo("1.5 s");
    assertThat(Text.of(Duration.ofSeconds(30))).isEqualTo("30 s");
  }
}
