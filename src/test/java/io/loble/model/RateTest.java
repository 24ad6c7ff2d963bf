package io.loble.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateTest {

  @ParameterizedTest
  @CsvSource({
    "200/s, 200, 1000, 200/s, 200",
    "50/10s, 50, 10000, 50/10s, 5",
    "600/m, 600, 60000, 600/m, 10",
    "1/h, 1, 3600000, 1/h, 1",
    "3/250ms, 3, 250, 3/250ms, 12",
    "10/1000ms, 10, 1000, 10/s, 10",
    "90/60s, 90, 60000, 90/m, 1",
    "1000000/s, 1000000, 1000, 1000000/s, 1000000",
    "1/24h, 1, 86400000, 1/24h, 1"
  })
  void isReadAndWritten(String text, int count, long millis, String written, int burst) {
    Rate rate = Rate.parse(text);
    assertThat(rate).isEqualTo(new Rate(count, millis * 1_000_000)).hasToString(written);
    assertThat(rate.defaultBurst()).isEqualTo(burst);
    assertThat(rate.isBounded()).isTrue();
  }

  @Test
  void theEmptyTextIsNoBound() {
    assertThat(Rate.parse("")).isEqualTo(Rate.NONE).hasToString("");
    assertThat(Rate.NONE.isBounded()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | expected a number per time such as 200/s, 50/10s or 600/m",
        "200/ | expected a number per time such as 200/s, 50/10s or 600/m",
        "200/d | expected a number per time such as 200/s, 50/10s or 600/m",
        "-1/s | expected a number per time such as 200/s, 50/10s or 600/m",
        "1.5/s | expected a number per time such as 200/s, 50/10s or 600/m",
        "200 /s | expected a number per time such as 200/s, 50/10s or 600/m",
        "99999999999/s | expected a number per time such as 200/s, 50/10s or 600/m",
        "0/s | is 0; leave it empty for no bound",
        "1/0s | the time is 1ms to 24h",
        "1/25h | the time is 1ms to 24h",
        "1000001/s | at most 1000000/s",
        "1001/ms | at most 1000000/s"
      })
  void saysWhatIsWrong(String text, String reason) {
    assertThatThrownBy(() -> Rate.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(text + ": " + reason);
  }
}
