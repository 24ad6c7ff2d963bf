package io.loble.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.balancer.Explanation.Candidate;
import io.loble.balancer.Explanation.LeftOut;
import io.loble.model.Algorithm;
import io.loble.model.Backend;
import io.loble.model.BackendMode;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.Condition;
import io.loble.model.HostPort;
import io.loble.model.Pool;
import io.loble.model.PoolStats;
import io.loble.model.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is said of a choice, against the choice. */
class ExplanationTest {

  private static final int STEPS = 20;
  private static final List<BackendState> STATES = List.of(BackendState.values());

  @Property(tries = 1_000)
  void what_is_said_is_what_comes(@ForAll Algorithm algorithm, @ForAll Random random) {
    Pool pool = pool(algorithm, random);
    Picker picker = new Picker(pool, random, System::nanoTime);
    Picker asked = new Picker(pool, random, System::nanoTime);
    for (int step = 0; step < STEPS; step++) {
      disturb(pool, random);
      ClientKey client = client(random);
      Explanation said = asked.explain(client, false);
      assertThat(asked.explain(client, false)).isEqualTo(said);
      compare(said, picker.choose(client));
    }
  }

  /** Asks for all that would be tried, one after another, and gives the places back. */
  private static void compare(Explanation said, Choice selection) {
    List<Pick.Chosen> made = new ArrayList<>();
    Pick end = selection.pick();
    while (end instanceof Pick.Chosen next) {
      made.add(next);
      end = selection.pick();
    }
    made.forEach(choice -> choice.backend().stats().admission().release());
    assertThat(made)
        .containsExactlyInAnyOrderElementsOf(
            said.candidates().stream().map(c -> new Pick.Chosen(c.backend(), c.trial())).toList());
    assertThat(said.leftOut()).noneMatch(left -> backends(made).contains(left.backend()));
    if (made.isEmpty()) {
      assertThat(said.first()).isNull();
      assertThat(end)
          .isInstanceOfSatisfying(
              Pick.Refused.class,
              refused -> assertThat(said.rejection()).isEqualTo(refused.reason()));
    } else {
      compareFirst(said, made);
    }
  }

  private static void compareFirst(Explanation said, List<Pick.Chosen> made) {
    Backend first = made.get(0).backend();
    assertThat(said.rejection()).isNull();
    assertThat(said.candidates().stream().mapToDouble(Candidate::chance).sum())
        .isBetween(1 - 1e-9, 1 + 1e-9);
    assertThat(said.candidates())
        .anyMatch(candidate -> candidate.backend().equals(first) && candidate.chance() > 0);
    if (said.isCertain()) {
      assertThat(said.first()).isSameAs(first);
    }
  }

  @Property(tries = 500)
  void where_no_chance_decides_the_whole_order_is_said(
      @ForAll Algorithm algorithm, @ForAll Random random) {
    if (algorithm == Algorithm.RANDOM || algorithm == Algorithm.P2C) {
      return;
    }
    Pool pool = pool(algorithm, random);
    disturb(pool, random);
    Picker picker = new Picker(pool, random, System::nanoTime);
    ClientKey client = client(random);
    Explanation said = picker.explain(client, false);
    Choice selection = picker.choose(client);
    assertThat(said.isCertain()).isTrue();
    for (Candidate candidate : said.candidates()) {
      assertThat(selection.pick())
          .isEqualTo(new Pick.Chosen(candidate.backend(), candidate.trial()));
    }
    assertThat(selection.pick()).isInstanceOf(Pick.Refused.class);
  }

  @Test
  void everyReasonToBeLeftOut() {
    Backend full = backend("full", 1, 1, BackendMode.READY, BackendState.HEALTHY);
    full.stats().admission().tryAcquire(0);
    List<Backend> backends =
        List.of(
            full,
            backend("sick", 1, 0, BackendMode.READY, BackendState.UNHEALTHY),
            backend("failing", 1, 0, BackendMode.READY, BackendState.DRAINING),
            backend("drained", 1, 0, BackendMode.DRAIN, BackendState.DRAINING),
            backend("repaired", 1, 0, BackendMode.MAINTENANCE, BackendState.MAINTENANCE),
            backend("removed", 1, 0, BackendMode.LEAVING, BackendState.DRAINING),
            backend("weightless", 0, 0, BackendMode.READY, BackendState.HEALTHY));
    Pool pool = new Pool("p", Algorithm.RANDOM, 0, false, backends, new PoolStats());

    Explanation said =
        new Picker(pool, new Random(1), System::nanoTime).explain(client(new Random(1)), false);

    assertThat(said.leftOut().stream().map(LeftOut::condition))
        .containsExactly(
            Condition.FULL,
            Condition.UNHEALTHY,
            Condition.UNHEALTHY,
            Condition.DRAINING,
            Condition.MAINTENANCE,
            Condition.LEAVING,
            Condition.NO_WEIGHT);
    assertThat(said.rejection()).isEqualTo(Rejection.BACKENDS_FULL);
    assertThat(said.isCertain()).isTrue();
  }

  @Test
  void aProcessThatIsFullTurnsEverybodyAway() {
    List<Backend> backends = List.of(backend("a", 1, 0, BackendMode.READY, BackendState.HEALTHY));
    Pool pool = new Pool("p", Algorithm.ROUND_ROBIN, 0, false, backends, new PoolStats());

    Explanation said =
        new Picker(pool, new Random(1), System::nanoTime).explain(client(new Random(1)), true);

    assertThat(said.first()).isNull();
    assertThat(said.rejection()).isEqualTo(Rejection.LIMIT);
    assertThat(said.candidates()).hasSize(1);
  }

  private static Pool pool(Algorithm algorithm, Random random) {
    List<Backend> backends = new ArrayList<>();
    int count = random.nextInt(7);
    for (int i = 0; i < count; i++) {
      BackendState state =
          random.nextInt(3) > 0 ? BackendState.HEALTHY : STATES.get(random.nextInt(STATES.size()));
      backends.add(
          backend("b" + i, random.nextInt(9), random.nextInt(4), BackendMode.READY, state));
    }
    return new Pool("p", algorithm, 1, random.nextBoolean(), backends, new PoolStats());
  }

  private static Backend backend(
      String name, int weight, int maxConnections, BackendMode mode, BackendState state) {
    HostPort address = new HostPort("10.0.0.1", 80);
    return new Backend(name, address, weight, maxConnections, mode, state, new BackendStats());
  }

  /** Connections begin and end, and health grants a trial. */
  private static void disturb(Pool pool, Random random) {
    for (Backend backend : pool.backends()) {
      BackendStats stats = backend.stats();
      if (random.nextBoolean()) {
        stats.admission().tryAcquire(backend.maxConnections());
      } else if (stats.admission().active() > 0) {
        stats.admission().release();
      }
      if (!backend.state().inRotation() && random.nextInt(4) == 0) {
        stats.trial().grant();
      }
    }
  }

  private static ClientKey client(Random random) {
    byte[] address = new byte[random.nextBoolean() ? 4 : 16];
    random.nextBytes(address);
    return ClientKey.of(address);
  }

  private static List<Backend> backends(List<Pick.Chosen> made) {
    return made.stream().map(Pick.Chosen::backend).toList();
  }
}
