package io.loble.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.Resilience;
import io.loble.upstream.health.Outcome.Kind;
import io.loble.upstream.health.Outliers.Sample;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is counted of a backend, in rotation and out of it. */
class BackendMonitorTest {

  private final MonitoredBackend backend = new MonitoredBackend(3, Resilience.OFF);

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void countsWhatIsTalliedInRotation() {
    backend.tally(10, 0, 0);
    backend.tally(5, 1, 0);
    assertThat(backend.monitor().sample()).isEqualTo(new Sample(15, 1, 0, 0));
  }

  @Test
  void startsAnewWhenTheBackendIsBackInRotation() {
    backend.tally(10, 0, 0);
    backend.fail(3);
    backend.tally(7, 0, 0);
    backend.hear(Kind.SUCCESS, true);
    backend.hear(Kind.SUCCESS, true);
    assertThat(backend.states).containsExactly("unhealthy: refused", "healthy");
    backend.tally(1, 0, 0);
    assertThat(backend.monitor().sample()).isEqualTo(new Sample(1, 0, 0, 0));
  }
}
