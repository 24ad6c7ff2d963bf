package io.loble.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.Algorithm;
import io.loble.model.BackendState;
import io.loble.model.Discovered;
import io.loble.model.DiscoveryStats;
import io.loble.model.Source;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadinessTest {

  private static final long HOUR = 3_600_000_000_000L;

  private final Vertx vertx = Vertx.vertx();
  private final SampleBalancer sample = new SampleBalancer(vertx);
  private final RunningBalancer balancer = new RunningBalancer(vertx, "lb");

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void notReadyBeforeAListenerIsOpen() {
    sample.pool("p", Algorithm.RANDOM).backend("p", "10.0.0.1:80", BackendState.HEALTHY);
    sample.publish(1);

    assertThat(Readiness.of(balancer)).isEqualTo(Readiness.NO_LISTENER);
  }

  @Test
  void notReadyBeforeTheFirstSnapshot() {
    sample.listener("l", "127.0.0.1:9000", "p");

    assertThat(Readiness.of(balancer)).isEqualTo(Readiness.NO_BACKEND);
  }

  @Test
  void notReadyWhenOnlyAPoolWithoutListenerHasABackendInRotation() {
    sample.pool("p", Algorithm.RANDOM).backend("p", "10.0.0.1:80", BackendState.DRAINING);
    sample.pool("other", Algorithm.RANDOM).backend("other", "10.0.0.2:80", BackendState.HEALTHY);
    sample.listener("l", "127.0.0.1:9000", "p");
    sample.publish(1);

    assertThat(Readiness.of(balancer)).isEqualTo(Readiness.NO_BACKEND);
  }

  @Test
  void readyWhenOneOfTwoListenersCanServe() {
    sample.pool("p", Algorithm.RANDOM).backend("p", "10.0.0.1:80", BackendState.UNHEALTHY);
    sample.pool("q", Algorithm.RANDOM).backend("q", "10.0.0.2:80", BackendState.HEALTHY);
    sample.listener("l", "127.0.0.1:9000", "p");
    sample.listener("m", "127.0.0.1:9001", "q");
    sample.publish(1);

    assertThat(Readiness.of(balancer)).isEqualTo(Readiness.READY);
  }

  @Test
  void aPoolThatIsToFindItsBackendsIsWaitedForUntilItsSourceSaysWhoIsThere() {
    DiscoveryStats.OfSource dns = served();
    dns.awaitUntil(System.nanoTime() + HOUR);
    assertThat(Readiness.of(balancer)).isEqualTo(Readiness.NOT_DISCOVERED);
    dns.say(dns.now().failed(Discovered.State.FAILED, "no answer"));
    assertThat(Readiness.of(balancer)).isEqualTo(Readiness.NOT_DISCOVERED);
    dns.say(dns.now().answered(0));
    assertThat(Readiness.of(balancer)).isEqualTo(Readiness.READY);
    // It has answered once.
    dns.say(dns.now().failed(Discovered.State.FAILED, "no answer"));
    assertThat(Readiness.of(balancer)).isEqualTo(Readiness.READY);
  }

  @Test
  void whereThereIsNothingOfThatNameNobodyWaits() {
    DiscoveryStats.OfSource dns = served();
    dns.awaitUntil(System.nanoTime() + HOUR);
    dns.say(dns.now().failed(Discovered.State.NOT_FOUND, "no such name"));
    assertThat(Readiness.of(balancer)).isEqualTo(Readiness.READY);
  }

  @Test
  void aSourceIsWaitedForNoLongerThanItIsToBe() {
    served().awaitUntil(System.nanoTime());
    assertThat(Readiness.of(balancer)).isEqualTo(Readiness.READY);
  }

  @Test
  void aSourceThatCameWithAReloadIsNotWaitedFor() {
    served();
    assertThat(Readiness.of(balancer)).isEqualTo(Readiness.READY);
  }

  /** A pool with a backend in rotation, which a listener leads to, and a source. */
  private DiscoveryStats.OfSource served() {
    sample.pool("p", Algorithm.RANDOM).backend("p", "10.0.0.1:80", BackendState.HEALTHY);
    sample.listener("l", "127.0.0.1:9000", "p");
    sample.publish(1);
    return sample.stats("p").discovery().begin(Source.DNS, "db.internal:5432");
  }

  @Test
  void drainingWinsOverEverything() {
    sample.pool("p", Algorithm.RANDOM).backend("p", "10.0.0.1:80", BackendState.HEALTHY);
    sample.listener("l", "127.0.0.1:9000", "p");
    sample.publish(1);
    balancer.process().startDraining();

    assertThat(Readiness.of(balancer)).isEqualTo(Readiness.DRAINING);
  }
}
