package io.loble.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.BackendConfig;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.control.ConfigChannel.Role;
import io.loble.control.Rollout.Stage;
import io.loble.model.HostPort;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutTest {

  private static final BackendConfig A = new BackendConfig("a", new HostPort("10.0.0.1", 1), 1, 0);
  private static final BackendConfig B = new BackendConfig("b", new HostPort("10.0.0.1", 2), 1, 0);
  private static final BackendConfig A_MOVED =
      new BackendConfig("a", new HostPort("10.0.0.1", 3), 1, 0);
  private static final BackendConfig A_HEAVIER =
      new BackendConfig("a", new HostPort("10.0.0.1", 1), 7, 0);

  @Test
  void whatIsAddedIsKnownBeforeListenersChange() {
    ConfigChange change = change(A, B);

    assertThat(Rollout.of(config(A), change).stages())
        .containsExactly(new Stage(Role.HEALTH, change), new Stage(Role.PROXY, change));
  }

  @Test
  void whatIsRemovedStaysUntilListenersHaveChanged() {
    ConfigChange change = change(B);

    assertThat(Rollout.of(config(A), change).stages())
        .containsExactly(
            new Stage(Role.HEALTH, change(B, A)),
            new Stage(Role.PROXY, change),
            new Stage(Role.HEALTH, change));
  }

  @Test
  void aBackendThatMovesKeepsItsOldAddressUntilListenersHaveChanged() {
    assertThat(Rollout.of(config(A), change(A_MOVED)).stages().get(0).change())
        .isEqualTo(change(A));
  }

  @Test
  void aBackendThatChangesOtherwiseChangesAtOnce() {
    assertThat(Rollout.of(config(A), change(A_HEAVIER)).stages())
        .extracting(Stage::role)
        .containsExactly(Role.HEALTH, Role.PROXY);
  }

  private static ConfigChange change(BackendConfig... backends) {
    return new ConfigChange(config(backends), null, null);
  }

  private static LobleConfig config(BackendConfig... backends) {
    LobleConfig base = SampleBalancer.config();
    PoolConfig pool = base.pools().values().iterator().next();
    return base.withPool(pool.withBackends(List.of(backends)));
  }
}
