package io.loble.upstream;

import static io.loble.model.BackendState.DRAINING;
import static io.loble.model.BackendState.HEALTHY;
import static io.loble.model.BackendState.UNHEALTHY;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.model.Backend;
import io.loble.model.BackendMode;
import io.loble.model.BackendStats;
import io.loble.model.PoolStats;
import io.loble.upstream.ConnectionOrder.CloseWithin;
import io.loble.upstream.ConnectionOrder.Keep;
import io.loble.upstream.ConnectionOrder.Target;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of backends, their health and their counters when a configuration is taken over. */
class ReconfigurationTest {

  private static TestConfig passive() {
    return new TestConfig().interval(Duration.ofHours(1));
  }

  @Test
  void theSameConfigurationAgainPublishesNothing() {
    try (TestMonitor test = TestMonitor.start(passive().backend("a").backend("b"))) {
      test.fail("b", 3);
      test.apply(passive().backend("a").backend("b"));
      assertThat(test.snapshot().version()).isEqualTo(2);
    }
  }

  @Test
  void aBackendThatKeepsNameAndAddressKeepsHealthAndCounters() {
    try (TestMonitor test = TestMonitor.start(passive().backend("a").backend("b"))) {
      BackendStats counters = test.backend("a").stats();
      PoolStats turn = test.pool().stats();
      test.fail("a", 3);
      test.fail("b", 2);
      test.apply(passive().weighted("a", 1, 7).backend("b").backend("c"));
      assertThat(test.state("a")).isEqualTo(UNHEALTHY);
      assertThat(test.backend("a").weight()).isEqualTo(7);
      assertThat(test.backend("a").stats()).isSameAs(counters);
      assertThat(test.pool().stats()).isSameAs(turn);
      assertThat(test.state("c")).isEqualTo(HEALTHY);
      assertThat(test.snapshot().version()).isEqualTo(3);
      test.fail("b", 1);
      assertThat(test.state("b")).as("the third failure in a row").isEqualTo(UNHEALTHY);
    }
  }

  @Test
  void aBackendWithAnotherAddressStartsAnew() {
    try (TestMonitor test = TestMonitor.start(passive().backend("a", 1))) {
      BackendStats counters = test.backend("a").stats();
      test.fail("a", 3);
      test.apply(passive().backend("a", 2));
      assertThat(test.state("a")).isEqualTo(HEALTHY);
      assertThat(test.backend("a").stats()).isNotSameAs(counters);
    }
  }

  @Test
  void failuresOfTheAddressThatABackendHasLeftAreIgnored() {
    try (TestMonitor test = TestMonitor.start(passive().backend("a", 1))) {
      Backend before = test.backend("a");
      test.apply(passive().backend("a", 2));
      test.report(reporter -> reporter.failure(TestConfig.POOL, before, false, "late"), 5);
      assertThat(test.state("a")).isEqualTo(HEALTHY);
      test.fail("a", 3);
      assertThat(test.state("a")).isEqualTo(UNHEALTHY);
    }
  }

  @Test
  void aBackendThatWasRemovedIsForgotten() {
    try (TestMonitor test = TestMonitor.start(passive().backend("a").backend("b"))) {
      test.fail("a", 3);
      test.apply(passive().backend("b"));
      await().atMost(20, SECONDS).until(() -> test.pool().backends().size() == 1);
      assertThat(test.pool().backends()).extracting(Backend::name).containsExactly("b");
      test.apply(passive().backend("b").backend("a"));
      assertThat(test.state("a")).isEqualTo(HEALTHY);
    }
  }

  @Test
  void theLatestOrderSaysWhenConnectionsOfARemovedBackendAreClosed() {
    TestConfig two = passive().backend("a").backend("b");
    try (TestMonitor test = TestMonitor.start(two)) {
      Backend leaving = test.backend("a");
      Target target = new Target(TestConfig.POOL, "a", leaving.address().toString());
      assertThat(leaving.stats().admission().tryAcquire(0)).isTrue();
      test.apply(passive().drain(Duration.ofSeconds(10)).backend("b"));
      test.closeWithin("a", Duration.ofSeconds(60));
      await().atMost(20, SECONDS).until(() -> test.orders().size() == 3);
      assertThat(test.orders())
          .containsExactly(
              new CloseWithin(Set.of(target), 10_000),
              new Keep(Set.of(target)),
              new CloseWithin(Set.of(target), 60_000));
    }
  }

  @Test
  void ofManyBackendsThatLeaveProxiesAreToldAtOnce() {
    try (TestMonitor test =
        TestMonitor.start(passive().backend("a").backend("b", 2).backend("c", 3))) {
      List<Target> leaving =
          Stream.of("b", "c").map(name -> Target.of(TestConfig.POOL, test.backend(name))).toList();
      test.apply(passive().drain(Duration.ofSeconds(10)).backend("a"));
      await().atMost(20, SECONDS).until(() -> !test.orders().isEmpty());
      assertThat(test.orders()).containsExactly(new CloseWithin(Set.copyOf(leaving), 10_000));
    }
  }

  @Test
  void aRemovedBackendWhoseConnectionsMayLastIsGoneWhenTheyHaveEnded() {
    try (TestMonitor test = TestMonitor.start(passive().backend("a").backend("b"))) {
      BackendStats stats = test.backend("a").stats();
      assertThat(stats.admission().tryAcquire(0)).isTrue();
      test.apply(passive().drain(Duration.ofSeconds(10)).backend("b"));
      test.closeWithin("a", null);
      await().atMost(20, SECONDS).until(() -> test.orders().size() == 2);
      assertThat(test.orders().get(1)).isInstanceOf(Keep.class);
      assertThat(test.backend("a").mode()).isEqualTo(BackendMode.LEAVING);
      stats.admission().release();
      await().atMost(20, SECONDS).until(() -> test.pool().backends().size() == 1);
      assertThat(test.logLines()).containsOnlyOnce("[health] backend a gone pool=web");
    }
  }

  @Test
  void aBackendThatReturnsBeforeItIsGoneKeepsHealthCountersAndConnections() {
    try (TestMonitor test = TestMonitor.start(passive().backend("a").backend("b"))) {
      BackendStats stats = test.backend("a").stats();
      assertThat(stats.admission().tryAcquire(0)).isTrue();
      test.fail("a", 2);
      test.apply(passive().drain(Duration.ofSeconds(10)).backend("b"));
      assertThat(test.backend("a").mode()).isEqualTo(BackendMode.LEAVING);
      test.apply(passive().backend("a").backend("b"));
      assertThat(test.backend("a").stats()).isSameAs(stats);
      assertThat(test.state("a")).isEqualTo(HEALTHY);
      await().atMost(20, SECONDS).until(() -> test.orders().size() == 2);
      assertThat(test.orders().get(1)).isInstanceOf(Keep.class);
      test.fail("a", 1);
      assertThat(test.state("a")).as("the third failure in a row").isEqualTo(DRAINING);
    }
  }
}
