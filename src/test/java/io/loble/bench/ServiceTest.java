package io.loble.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.sim.server.LatencyModel;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a backend takes that loses its caches in the middle of a run. */
class ServiceTest {

  private final Service.Answering cold = new Service.Cold(new LatencyModel.Fixed(20));

  @ParameterizedTest
  @CsvSource({"0, 20", "0.24, 20", "0.25, 200", "0.5, 110", "0.75, 20", "0.76, 20", "1.5, 20"})
  void aColdBackendIsTenTimesSlowerAndWarmsUp(double progress, double millis) {
    assertThat(cold.nextMillis(new SplittableRandom(1), progress)).isEqualTo(millis);
  }
}
