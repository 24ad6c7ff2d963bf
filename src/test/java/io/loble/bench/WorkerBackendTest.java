package io.loble.bench;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.sim.server.LatencyModel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What clients meet that come to the backends themselves. */
class WorkerBackendTest {

  private static final int CLIENTS = 6;
  private static final double GIVEN_UP_MILLIS = 2_000;

  @Test
  void whoFindsAllWorkersBusyWaitsForOne() throws Exception {
    try (WorkerBackend backend = WorkerBackend.start(2, fixed(100))) {
      backend.begin(new SplittableRandom(1), 1);
      ArrivingClients.Outcome outcome = visit(backend);
      assertThat(outcome.failed()).isZero();
      assertThat(outcome.nanos().getTotalCount()).isEqualTo(CLIENTS);
      assertThat(outcome.nanos().getMinValue()).isGreaterThan(MILLISECONDS.toNanos(99));
      assertThat(outcome.nanos().getMaxValue()).isGreaterThan(MILLISECONDS.toNanos(299));
      assertThat(backend.clients()).isEqualTo(CLIENTS);
    }
  }

  @Test
  void whoIsNotAnsweredGivesUpAndCounts() throws Exception {
    try (WorkerBackend backend = WorkerBackend.start(2, fixed(60_000))) {
      backend.begin(new SplittableRandom(1), 1);
      ArrivingClients.Outcome outcome = visit(backend);
      assertThat(outcome.failed()).isEqualTo(CLIENTS);
      assertThat(outcome.nanos().getTotalCount()).isEqualTo(CLIENTS);
      assertThat(outcome.millis(1)).isEqualTo(GIVEN_UP_MILLIS);
    }
  }

  @Test
  void aRunLeavesNothingToTheNext() throws Exception {
    try (WorkerBackend backend = WorkerBackend.start(1, fixed(60_000))) {
      backend.begin(new SplittableRandom(1), 1);
      visit(backend);
      backend.beginAsUsual(new SplittableRandom(1));
      assertThat(backend.clients()).isZero();
      assertThat(visit(backend).failed()).isZero();
    }
  }

  @Test
  void whoIsDroppedGetsNothing() throws Exception {
    try (WorkerBackend backend = WorkerBackend.start(2, new Service.Dropping())) {
      backend.begin(new SplittableRandom(1), 1);
      ArrivingClients.Outcome outcome = visit(backend);
      assertThat(outcome.failed()).isEqualTo(CLIENTS);
      assertThat(outcome.nanos().getTotalCount()).isZero();
      assertThat(backend.clients()).isEqualTo(CLIENTS);
    }
  }

  private static Service fixed(double millis) {
    return new Service.Steady(new LatencyModel.Fixed(millis));
  }

  /** All at once. */
  private static ArrivingClients.Outcome visit(Backend backend) throws Exception {
    InetSocketAddress from = new InetSocketAddress(InetAddress.getByName("127.1.0.1"), 0);
    List<Arrival> all = Collections.nCopies(CLIENTS, new Arrival(0, from));
    return new ArrivingClients(backend.port(), all).run(1);
  }
}
