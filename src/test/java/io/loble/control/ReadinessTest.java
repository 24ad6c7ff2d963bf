package io.loble.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.Algorithm;
import io.loble.model.BackendState;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadinessTest {

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
  void drainingWinsOverEverything() {
    sample.pool("p", Algorithm.RANDOM).backend("p", "10.0.0.1:80", BackendState.HEALTHY);
    sample.listener("l", "127.0.0.1:9000", "p");
    sample.publish(1);
    balancer.process().startDraining();

    assertThat(Readiness.of(balancer)).isEqualTo(Readiness.DRAINING);
  }
}
