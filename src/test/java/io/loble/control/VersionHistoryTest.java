package io.loble.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class VersionHistoryTest {

  @Test
  void theLastTwentyAreKept() {
    VersionHistory history = VersionHistory.startingWith(version(1));
    assertThat(history.previous()).isEmpty();
    for (long number = 2; number <= 30; number++) {
      history = history.with(version(number));
    }
    assertThat(history.current().number()).isEqualTo(30);
    assertThat(history.previous()).hasValueSatisfying(v -> assertThat(v.number()).isEqualTo(29));
    assertThat(history.newestFirst()).hasSize(20);
    assertThat(history.find(11)).isPresent();
    assertThat(history.find(10)).isEmpty();
  }

  private static ConfigVersion version(long number) {
    return new ConfigVersion(
        number, SampleBalancer.config(), Instant.EPOCH, "a test", "nothing", ChangeSummary.NOTHING);
  }
}
