package io.loble.upstream.health;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.model.Backend;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.HostPort;
import io.loble.upstream.TestMonitor;
import io.loble.upstream.health.Outcome.Kind;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Healthy traffic costs no message per connection. */
class OutcomeReporterTest {

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final List<Outcome> heard = new CopyOnWriteArrayList<>();
  private final List<TallyReport> reports = new CopyOnWriteArrayList<>();
  private final OutcomeReporter reporter = new OutcomeReporter(vertx);
  private final Backend backend =
      new Backend("a", new HostPort("::1", 80), 1, 0, BackendState.HEALTHY, new BackendStats());

  OutcomeReporterTest() {
    vertx
        .eventBus()
        .<JsonObject>localConsumer(Outcome.ADDRESS, m -> heard.add(Outcome.fromJson(m.body())));
    vertx
        .eventBus()
        .<JsonObject>localConsumer(
            TallyReport.ADDRESS, m -> reports.add(TallyReport.fromJson(m.body())));
  }

  @AfterEach
  void close() {
    TestMonitor.done(vertx.close());
  }

  @Test
  void ofABackendThatIsNotWatchedOnlyFailuresAreSentAtOnce() {
    onLoop(
        () -> {
          reporter.success("web", backend, false);
          reporter.idle("web", backend);
          reporter.failure("web", backend, false, "refused");
        });
    await().atMost(20, SECONDS).until(() -> !heard.isEmpty());
    assertThat(heard)
        .containsExactly(new Outcome("web", "a", "[::1]:80", Kind.FAILURE, false, "refused"));
  }

  @Test
  void ofAWatchedBackendEverythingIsSent() {
    backend.stats().health().setWatched(true);
    onLoop(
        () -> {
          reporter.failure("web", backend, true, "reset");
          reporter.success("web", backend, true);
          reporter.idle("web", backend);
        });
    await().atMost(20, SECONDS).until(() -> heard.size() == 3);
    assertThat(heard)
        .containsExactly(
            new Outcome("web", "a", "[::1]:80", Kind.FAILURE, true, "reset"),
            new Outcome("web", "a", "[::1]:80", Kind.SUCCESS, true, ""),
            new Outcome("web", "a", "[::1]:80", Kind.IDLE, false, ""));
  }

  @Test
  void everythingIsCountedAndReportedTogether() {
    Backend other =
        new Backend("b", new HostPort("::1", 81), 1, 0, BackendState.HEALTHY, new BackendStats());
    onLoop(
        () -> {
          for (int i = 0; i < 1000; i++) {
            reporter.success("web", backend, false);
          }
          reporter.failure("web", backend, false, "refused");
          reporter.earlyClose("web", other, false);
        });
    await().atMost(20, SECONDS).until(() -> !reports.isEmpty());
    assertThat(reports).hasSize(1);
    assertThat(reports.get(0).tallies())
        .containsExactlyInAnyOrder(
            new Tally("web", "a", "[::1]:80", 1000, 1, 0, 0),
            new Tally("web", "b", "[::1]:81", 1, 0, 1, 1));
    assertThat(heard).hasSize(1);
  }

  @Test
  void aReportFollowsEveryIntervalWithConnections() {
    onLoop(() -> reporter.success("web", backend, false));
    await().atMost(20, SECONDS).until(() -> reports.size() == 1);
    onLoop(() -> reporter.success("web", backend, false));
    await().atMost(20, SECONDS).until(() -> reports.size() == 2);
    assertThat(reports.get(1)).isEqualTo(reports.get(0));
  }

  private void onLoop(Runnable outcomes) {
    context.runOnContext(v -> outcomes.run());
  }
}
