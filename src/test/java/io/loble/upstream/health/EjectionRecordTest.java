package io.loble.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** For how long a backend is ejected. */
class EjectionRecordTest {

  @Property
  void isOutForLongerEachTimeUpToTheMost(@ForAll @IntRange(min = 1, max = 30) int times) {
    EjectionRecord record = EjectionRecord.NONE;
    for (int i = 0; i < times; i++) {
      record = record.ejected().timeOver();
    }
    assertThat(record.time(Duration.ofSeconds(30), Duration.ofMinutes(5)))
        .isEqualTo(Duration.ofSeconds(Math.min(300, 30L * times)));
  }

  @Property
  void eachIntervalThatItDoesWellMakesTheNextShorter(
      @ForAll @IntRange(min = 1, max = 9) int times, @ForAll @IntRange(max = 12) int intervals) {
    EjectionRecord record = EjectionRecord.NONE;
    for (int i = 0; i < times; i++) {
      record = record.ejected();
    }
    assertThat(record.calmed()).as("while it is out").isEqualTo(record);
    record = record.timeOver().readmitted();
    for (int i = 0; i < intervals; i++) {
      record = record.calmed();
    }
    assertThat(record.times()).isEqualTo(Math.max(0, times - intervals));
  }
}
