package io.loble.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.Backend;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.HostPort;
import io.loble.model.Rejection;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which backends one connection tries. */
class ChoiceTest {

  private final Backend one = backend("one", 1);
  private final Backend two = backend("two", 1);
  private final Backend sick = backend("sick", 1).withState(BackendState.UNHEALTHY);

  @Test
  void followsTheBalancersOrderAndThenEnds() {
    Choice choice = choice(List.of(), List.of(two, one).iterator());
    assertThat(choice.pick()).isEqualTo(new Pick.Chosen(two, false));
    assertThat(choice.pick()).isEqualTo(new Pick.Chosen(one, false));
    assertThat(choice.pick()).isInstanceOf(Pick.Refused.class);
  }

  @Test
  void eachChoiceHasTakenAPlace() {
    Choice choice = choice(List.of(sick), List.of(one).iterator());
    choice.pick();
    assertThat(sick.stats().admission().active()).isEqualTo(1);
    assertThat(one.stats().admission().active()).isZero();
    choice.pick();
    assertThat(one.stats().admission().active()).isEqualTo(1);
  }

  @Test
  void theOneOnTrialComesFirstAndOnce() {
    Choice choice = choice(List.of(sick), List.of(one).iterator());
    assertThat(choice.pick()).isEqualTo(new Pick.Chosen(sick, true));
    assertThat(choice.pick()).isEqualTo(new Pick.Chosen(one, false));
    assertThat(choice.pick()).isInstanceOf(Pick.Refused.class);
  }

  @Test
  void fullBackendsArePassedOver() {
    one.stats().admission().tryAcquire(0);
    Choice choice = choice(List.of(), List.of(one, two).iterator());
    assertThat(choice.pick()).isEqualTo(new Pick.Chosen(two, false));
    assertThat(one.stats().admission().active()).isEqualTo(1);
  }

  @Test
  void aFullTrialIsPassedOver() {
    sick.stats().admission().tryAcquire(0);
    Choice choice = choice(List.of(sick), List.of(one).iterator());
    assertThat(choice.pick()).isEqualTo(new Pick.Chosen(one, false));
  }

  @Test
  void withoutAGrantNothingOutOfRotationIsTried() {
    Choice choice = new Choice(List.of(sick), List.of(one).iterator(), Places.TAKE, false);
    assertThat(choice.pick()).isEqualTo(new Pick.Chosen(one, false));
  }

  @Test
  void aRehearsalComesToTheSameAndTakesNothing() {
    sick.stats().trial().grant();
    for (int i = 0; i < 2; i++) {
      Choice choice = new Choice(List.of(sick), List.of(two, one).iterator(), Places.LOOK, false);
      assertThat(choice.pick()).isEqualTo(new Pick.Chosen(sick, true));
      assertThat(choice.pick()).isEqualTo(new Pick.Chosen(two, false));
      assertThat(choice.pick()).isEqualTo(new Pick.Chosen(one, false));
      assertThat(choice.pick()).isInstanceOf(Pick.Refused.class);
    }
    assertThat(sick.stats().trial().isGranted()).isTrue();
    assertThat(List.of(sick, two, one))
        .allMatch(backend -> backend.stats().admission().active() == 0);
  }

  @Test
  void noneWasThere() {
    Choice choice = choice(List.of(), List.<Backend>of().iterator());
    assertThat(choice.pick()).isEqualTo(new Pick.Refused(Rejection.NO_BACKEND));
  }

  @Test
  void allWereFull() {
    one.stats().admission().tryAcquire(0);
    two.stats().admission().tryAcquire(0);
    Choice choice = choice(List.of(), List.of(one, two).iterator());
    assertThat(choice.pick()).isEqualTo(new Pick.Refused(Rejection.BACKENDS_FULL));
  }

  @Test
  void aFullTrialIsNoBackendInRotation() {
    sick.stats().admission().tryAcquire(0);
    Choice choice = choice(List.of(sick), List.<Backend>of().iterator());
    assertThat(choice.pick()).isEqualTo(new Pick.Refused(Rejection.NO_BACKEND));
  }

  private static Backend backend(String name, int maxConnections) {
    HostPort address = new HostPort("10.0.0.1", 80);
    return new Backend(name, address, 1, maxConnections, BackendState.HEALTHY, new BackendStats());
  }

  private static Choice choice(List<Backend> outOfRotation, Iterator<Backend> candidates) {
    outOfRotation.forEach(backend -> backend.stats().trial().grant());
    return new Choice(outOfRotation, candidates, Places.TAKE, false);
  }
}
