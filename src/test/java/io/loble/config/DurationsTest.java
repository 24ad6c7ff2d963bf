package io.loble.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "250ms, 250",
    "3s, 3000",
    "5m, 300000",
    "1h, 3600000",
    "1m30s, 90000",
    "90s, 90000",
    "1h0m1ms, 3600001",
    "0s, 0",
    "8760h, 31536000000"
  })
  void reads_units_and_combinations(String text, long millis) {
    assertThat(Durations.parse(text)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "3",
        "s",
        "3 s",
        "-3s",
        "1.5s",
        "3S",
        "3d",
        "500us",
        "30s1m",
        "1s1s",
        "8761h",
        "9999999999999s",
        "3s "
      })
  void refuses_anything_else(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  @Property
  void what_is_written_is_read_back(
      @ForAll @LongRange(min = 0, max = 31_536_000_000L) long millis) {
    Duration duration = Duration.ofMillis(millis);
    assertThat(Durations.parse(Durations.format(duration))).contains(duration);
  }
}
