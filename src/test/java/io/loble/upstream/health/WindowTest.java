package io.loble.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.Backend;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.HostPort;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What event loops count, and what health knows of it. */
class WindowTest {

  private enum Ending {
    SUCCESS,
    FAILURE,
    EARLY_CLOSE,
    /** The interval is over. */
    REPORT
  }

  private final LoopTally loop =
      new LoopTally(
          "web",
          new Backend(
              "a", new HostPort("::1", 80), 1, 0, BackendState.HEALTHY, new BackendStats()));
  private final Window window = new Window();

  @Property
  void whateverTheIntervalsEveryConnectionIsCountedOnce(
      @ForAll @Size(max = 80) List<Ending> endings) {
    WindowTest test = new WindowTest();
    List<Ending> connections = new ArrayList<>();
    for (Ending ending : endings) {
      test.happens(ending);
      if (ending != Ending.REPORT) {
        connections.add(ending);
      }
    }
    test.happens(Ending.REPORT);
    long early = connections.stream().filter(Ending.EARLY_CLOSE::equals).count();
    long failures = connections.stream().filter(Ending.FAILURE::equals).count();
    assertThat(test.window.earlyCloses()).isEqualTo(early);
    assertThat(test.window.failures()).isEqualTo(failures);
    assertThat(test.window.successes()).isEqualTo(connections.size() - failures);
    int last = connections.size();
    while (last > 0 && connections.get(last - 1) == Ending.EARLY_CLOSE) {
      last--;
    }
    assertThat(test.window.earlyClosesInARow()).isEqualTo(connections.size() - last);
  }

  @Test
  void aNewIntervalStartsAtZeroAndRunsGoOn() {
    loop.closedEarly();
    window.add(loop.take());
    window.clear();
    assertThat(window.successes()).isZero();
    assertThat(window.earlyCloses()).isZero();
    assertThat(window.earlyClosesInARow()).isEqualTo(1);
    window.reset();
    assertThat(window.earlyClosesInARow()).isZero();
  }

  private void happens(Ending ending) {
    switch (ending) {
      case SUCCESS -> loop.succeeded();
      case FAILURE -> loop.failed();
      case EARLY_CLOSE -> loop.closedEarly();
      case REPORT -> {
        if (!loop.isEmpty()) {
          window.add(loop.take());
        }
      }
    }
  }
}
