package io.loble.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as people read them. */
class UnitsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 KiB",
    "1024, 1.0 KiB",
    "1536, 1.5 KiB",
    "1023487, 999.5 KiB",
    "1023488, 1.0 MiB",
    "1048570, 1.0 MiB",
    "9223372036854775807, 8.0 EiB"
  })
  void bytes(long bytes, String text) {
    assertThat(Units.bytes((double) bytes)).isEqualTo(text);
  }

  @Property
  void aTableNeverNeedsMoreThanThreeDigitsBeforeThePoint(@ForAll @LongRange(min = 0) long bytes) {
    assertThat(Units.bytes((double) bytes)).matches("\\d{1,3}(\\.\\d)? \\w+");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "999, 999", "1000, 1.0K", "10240, 10K", "1048570, 1.0M", "5000000000, 4.7G"})
  void briefBytes(long bytes, String text) {
    assertThat(Units.briefBytes((double) bytes)).isEqualTo(text);
  }

  @Property
  void briefBytesHaveAtMostFourCharacters(@ForAll @LongRange(min = 0) long bytes) {
    assertThat(Units.briefBytes((double) bytes)).hasSizeLessThanOrEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"999, 0s", "61000, 1m", "7500000, 2h", "90061000, 1d"})
  void briefTimes(long millis, String text) {
    assertThat(Units.briefTime(millis)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.04, 0.0", "1.25, 1.3", "9.4, 9.4", "10, 10", "12345.6, 12346"})
  void rates(double rate, String text) {
    assertThat(Units.rate(rate)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "999, 0s",
    "59999, 59s",
    "60000, 1m",
    "61000, 1m 1s",
    "7500000, 2h 5m",
    "86400000, 1d",
    "90061000, 1d 1h"
  })
  void times(long millis, String text) {
    assertThat(Units.time(millis)).isEqualTo(text);
  }
}
