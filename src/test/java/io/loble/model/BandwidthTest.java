package io.loble.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandwidthTest {

  @ParameterizedTest
  @CsvSource({
    "10MiB/s, 10485760, 10MiB/s",
    "64KiB/s, 65536, 64KiB/s",
    "5000/s, 5000, 5000B/s",
    "5000B/s, 5000, 5000B/s",
    "2048/s, 2048, 2KiB/s",
    "64GiB/s, 68719476736, 64GiB/s",
    "1/s, 1, 1B/s"
  })
  void isReadAndWritten(String text, long bytes, String written) {
    assertThat(Bandwidth.parse(text)).isEqualTo(new Bandwidth(bytes)).hasToString(written);
    assertThat(Bandwidth.parse(written)).isEqualTo(new Bandwidth(bytes));
  }

  @Test
  void theEmptyTextIsNoBound() {
    assertThat(Bandwidth.parse("")).isEqualTo(Bandwidth.NONE).hasToString("");
    assertThat(Bandwidth.NONE.isBounded()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10MiB | expected a size per second such as 10MiB/s, 64KiB/s or 5000/s",
        "10MB/s | expected a size per second such as 10MiB/s, 64KiB/s or 5000/s",
        "10Mbit/s | expected a size per second such as 10MiB/s, 64KiB/s or 5000/s",
        "-1/s | expected a size per second such as 10MiB/s, 64KiB/s or 5000/s",
        "0KiB/s | is 0; leave it empty for no bound",
        "65GiB/s | at most 64GiB/s",
        "999999999999GiB/s | at most 64GiB/s"
      })
  void saysWhatIsWrong(String text, String reason) {
    assertThatThrownBy(() -> Bandwidth.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(text + ": " + reason);
  }
}
