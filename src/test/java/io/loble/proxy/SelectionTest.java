package io.loble.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.Backend;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.HostPort;
import io.loble.model.Rejection;
import io.loble.proxy.Selection.Choice;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which backends one connection tries. */
class SelectionTest {

  private final Backend one = backend("one", 1);
  private final Backend two = backend("two", 1);
  private final Backend sick = backend("sick", 1).withState(BackendState.UNHEALTHY);

  @Test
  void followsTheBalancersOrderAndThenEnds() {
    Selection selection = new Selection(null, List.of(two, one).iterator());
    assertThat(selection.next()).isEqualTo(new Choice(two, false));
    assertThat(selection.next()).isEqualTo(new Choice(one, false));
    assertThat(selection.next()).isNull();
  }

  @Test
  void eachChoiceHasTakenAPlace() {
    Selection selection = new Selection(sick, List.of(one).iterator());
    selection.next();
    assertThat(sick.stats().admission().active()).isEqualTo(1);
    assertThat(one.stats().admission().active()).isZero();
    selection.next();
    assertThat(one.stats().admission().active()).isEqualTo(1);
  }

  @Test
  void theOneOnTrialComesFirstAndOnce() {
    Selection selection = new Selection(sick, List.of(one).iterator());
    assertThat(selection.next()).isEqualTo(new Choice(sick, true));
    assertThat(selection.next()).isEqualTo(new Choice(one, false));
    assertThat(selection.next()).isNull();
  }

  @Test
  void fullBackendsArePassedOver() {
    one.stats().admission().tryAcquire(0);
    Selection selection = new Selection(null, List.of(one, two).iterator());
    assertThat(selection.next()).isEqualTo(new Choice(two, false));
    assertThat(one.stats().admission().active()).isEqualTo(1);
  }

  @Test
  void aFullTrialIsPassedOver() {
    sick.stats().admission().tryAcquire(0);
    Selection selection = new Selection(sick, List.of(one).iterator());
    assertThat(selection.next()).isEqualTo(new Choice(one, false));
  }

  @Test
  void noneWasThere() {
    Selection selection = new Selection(null, List.<Backend>of().iterator());
    assertThat(selection.next()).isNull();
    assertThat(selection.whyNone()).isEqualTo(Rejection.NO_BACKEND);
  }

  @Test
  void allWereFull() {
    one.stats().admission().tryAcquire(0);
    two.stats().admission().tryAcquire(0);
    Selection selection = new Selection(null, List.of(one, two).iterator());
    assertThat(selection.next()).isNull();
    assertThat(selection.whyNone()).isEqualTo(Rejection.BACKENDS_FULL);
  }

  @Test
  void aFullTrialIsNoBackendInRotation() {
    sick.stats().admission().tryAcquire(0);
    Selection selection = new Selection(sick, List.<Backend>of().iterator());
    assertThat(selection.next()).isNull();
    assertThat(selection.whyNone()).isEqualTo(Rejection.NO_BACKEND);
  }

  private static Backend backend(String name, int maxConnections) {
    HostPort address = new HostPort("10.0.0.1", 80);
    return new Backend(name, address, 1, maxConnections, BackendState.HEALTHY, new BackendStats());
  }
}
