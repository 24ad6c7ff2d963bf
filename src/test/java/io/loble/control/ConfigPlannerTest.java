package io.loble.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.BackendConfig;
import io.loble.config.ListenerConfig;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.config.SocketSettings;
import io.loble.config.keys.LoadedConfig;
import io.loble.control.Step.Effect;
import io.loble.model.Bandwidth;
import io.loble.model.HostPort;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConfigPlannerTest {

  private static final LobleConfig TWO = config("a", "b");

  private final ConfigPlanner planner = new ConfigPlanner(new FixedCounts());

  /** A listener has 1 connection, a pool 2 and a backend 3. */
  private record FixedCounts() implements OpenConnections {

    @Override
    public long ofListener(@Nullable String listener) {
      return 1;
    }

    @Override
    public long ofPool(@Nullable String pool) {
      return 2;
    }

    @Override
    public long ofBackend(@Nullable String pool, @Nullable String backend) {
      return 3;
    }
  }

  @Test
  void whatIsRemovedIsDrained() {
    ChangePlan plan = planner.command(TWO, now -> edit(config("a")));

    assertThat(plan.isNewVersion()).isTrue();
    assertThat(plan.before()).isEqualTo(TWO);
    assertThat(plan.after()).isEqualTo(config("a"));
    assertThat(plan.steps())
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.effect()).isEqualTo(Effect.DRAINED);
              assertThat(step.count()).isEqualTo(3);
            });
    assertThat(plan.summary().shown()).hasSize(1);
    assertThat(plan.summary().more()).isZero();
  }

  @Test
  void aListenerThatIsOpenedAnewIsDrainedAndOneThatIsNotStays() {
    assertThat(planner.command(TWO, now -> edit(withSocket(64, true))).steps())
        .extracting(Step::effect)
        .containsExactlyInAnyOrder(Effect.DRAINED, Effect.NONE);
    assertThat(planner.command(TWO, now -> edit(withSocket(64, false))).steps())
        .extracting(Step::effect)
        .containsExactly(Effect.NONE);
  }

  private static LobleConfig withSocket(int backlog, boolean v6only) {
    SocketSettings socket = new SocketSettings(backlog, v6only, Bandwidth.NONE);
    return TWO.withListeners(
        TWO.listeners().stream().map(listener -> listener.withSocket(socket)).toList());
  }

  @Test
  void withoutTimeToDrainItIsCut() {
    ChangePlan plan = planner.command(TWO, now -> edit(config("a")).draining(Duration.ZERO));

    assertThat(plan.steps()).extracting(Step::effect).containsExactly(Effect.CUT);
    assertThat(plan.change().drain()).isZero();
  }

  @Test
  void whatIsThereAlreadyIsNoChange() {
    ChangePlan plan = planner.command(TWO, now -> edit(TWO));

    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.isNewVersion()).isFalse();
    assertThat(plan.steps()).isEmpty();
  }

  @Test
  void closingConnectionsAloneIsAChangeWithoutAVersion() {
    ChangePlan plan =
        planner.command(
            TWO,
            now -> edit(TWO).closing(new ConfigChange.TimedDrain("default", "a", Duration.ZERO)));

    assertThat(plan.isEmpty()).isFalse();
    assertThat(plan.isNewVersion()).isFalse();
  }

  @Test
  void aCommandCannotBreakTheRules() {
    ListenerConfig astray = new ListenerConfig("x", new HostPort("127.0.0.1", 1), "no", false);

    assertThatThrownBy(() -> planner.command(TWO, now -> edit(now.withListeners(List.of(astray)))))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONFLICT));
  }

  @Test
  void aFileKeepsWhatWasChangedAtRunTimeUnlessItIsReset() {
    ConfigState changed = state(config("a")).with(version(2, TWO));
    LobleConfig file = config("a", "c");

    assertThat(backends(planner.file(changed, file, "f", false)))
        .containsExactlyInAnyOrder("a", "b", "c");
    assertThat(backends(planner.file(changed, file, "f", true))).containsExactly("a", "c");
  }

  @Test
  void ofAFileWhatIsProbablyAMistakeIsTold() {
    ChangePlan plan = planner.file(state(TWO), config(), "f", false);

    assertThat(plan.warnings())
        .singleElement()
        .asString()
        .startsWith("pools.default.backends: there is none");
  }

  @Test
  void goingBackIsAChangeLikeAnyOther() {
    ChangePlan plan = planner.version(TWO, version(1, config("a")));

    assertThat(plan.edit().subject().what()).isEqualTo("version 1");
    assertThat(plan.after()).isEqualTo(config("a"));
  }

  private static List<String> backends(ChangePlan plan) {
    return plan.after().pools().values().iterator().next().backends().stream()
        .map(BackendConfig::name)
        .toList();
  }

  private static Edit edit(LobleConfig config) {
    return Edit.of(config, Subjects.nameOnly("a test"));
  }

  private static ConfigState state(LobleConfig config) {
    return ConfigState.startingWith(LoadedConfig.of(config), version(1, config));
  }

  private static ConfigVersion version(long number, LobleConfig config) {
    return new ConfigVersion(
        number, config, Instant.EPOCH, "a test", "nothing", ChangeSummary.NOTHING);
  }

  private static LobleConfig config(String... backends) {
    LobleConfig base = SampleBalancer.config();
    PoolConfig pool = base.pools().values().iterator().next();
    return base.withPool(
        pool.withBackends(
            List.of(backends).stream()
                .map(b -> new BackendConfig(b, new HostPort("10.0.0.1", b.charAt(0)), 1, 0))
                .toList()));
  }
}
