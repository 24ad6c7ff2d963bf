package io.loble.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.Backend;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.HostPort;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an event loop has counted, by backend. */
class LoopTalliesTest {

  private final LoopTallies tallies = new LoopTallies();
  private final Backend a = backend("a");
  private final Backend b = backend("b");

  @Test
  void eachBackendHasItsOwnWhateverTheSnapshot() {
    tallies.of("web", a).succeeded();
    tallies.of("web", a.withState(BackendState.DRAINING)).failed();
    tallies.of("web", b).closedEarly();
    assertThat(tallies.take())
        .containsExactlyInAnyOrder(
            new Tally("web", "a", "[::1]:80", 1, 1, 0, 0),
            new Tally("web", "b", "[::1]:80", 1, 0, 1, 1));
  }

  @Test
  void whatWasTakenIsNotTakenAgainAndWhoIsIdleIsForgotten() {
    LoopTally first = tallies.of("web", a);
    first.succeeded();
    assertThat(tallies.take()).hasSize(1);
    assertThat(tallies.of("web", a)).isSameAs(first);
    assertThat(tallies.take()).isEmpty();
    assertThat(tallies.of("web", a)).isNotSameAs(first);
  }

  @Test
  void aReportIsReadAsItWasWritten() {
    TallyReport report =
        new TallyReport(
            List.of(
                new Tally("web", "a", "[::1]:80", 1, 2, 3, 4),
                new Tally("web", "b", "[::1]:81", 5, 6, 7, 8)));
    assertThat(TallyReport.fromJson(report.toJson())).isEqualTo(report);
  }

  private static Backend backend(String name) {
    return new Backend(
        name, new HostPort("::1", 80), 1, 0, BackendState.HEALTHY, new BackendStats());
  }
}
