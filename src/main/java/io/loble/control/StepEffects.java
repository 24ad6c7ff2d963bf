package io.loble.control;

import io.loble.config.Durations;
import io.loble.config.diff.ConfigDiff;
import io.loble.config.diff.ConfigStep;
import io.loble.config.diff.ConfigStep.Action;
import io.loble.control.Step.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Works out what the steps of a change do to the connections that are open now. */
final class StepEffects {

  /** The timeouts that end connections which are over them. */
  private static final Set<String> BOUNDS =
      Set.of("timeouts.idle", "timeouts.half_closed", "timeouts.max_duration");

  /** What a listener is opened anew for, or makes a backend another one. */
  private static final Set<String> REOPENS = Set.of("address", "v6only");

  private final OpenConnections open;
  private final Duration drain;

  /**
   * @param drain how long connections of what is removed may last
   */
  private StepEffects(OpenConnections open, Duration drain) {
    this.open = open;
    this.drain = drain;
  }

  static List<Step> of(ConfigDiff diff, OpenConnections open, Duration drain) {
    StepEffects steps = new StepEffects(open, drain);
    return diff.steps().stream().map(steps::step).toList();
  }

  private Step step(ConfigStep change) {
    return switch (change.kind()) {
      case SETTING -> setting(change);
      case LISTENER ->
          closes(change) ? ending(change, open.ofListener(change.name())) : Step.harmless(change);
      case POOL ->
          change.action() == Action.REMOVE
              ? ending(change, open.ofPool(change.pool()))
              : Step.harmless(change);
      case BACKEND ->
          closes(change)
              ? ending(change, open.ofBackend(change.pool(), change.name()))
              : Step.harmless(change);
    };
  }

  private static boolean closes(ConfigStep change) {
    return change.action() == Action.REMOVE
        || (change.action() == Action.CHANGE && REOPENS.contains(String.valueOf(change.key())));
  }

  private static Step setting(ConfigStep change) {
    return BOUNDS.contains(change.key()) && isShorter(change)
        ? new Step(change, Effect.CUT, null)
        : Step.harmless(change);
  }

  private static boolean isShorter(ConfigStep change) {
    Duration before = duration(change.before());
    Duration after = duration(change.after());
    return !after.isZero() && (before.isZero() || after.compareTo(before) < 0);
  }

  private static Duration duration(@Nullable Object written) {
    return Durations.parse(String.valueOf(written)).orElse(Duration.ZERO);
  }

  private Step ending(ConfigStep change, long count) {
    if (count == 0) {
      return Step.harmless(change);
    }
    return new Step(change, drain.isZero() ? Effect.CUT : Effect.DRAINED, count);
  }
}
