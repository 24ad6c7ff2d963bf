package io.loble.control;

import io.loble.config.Durations;
import io.loble.config.diff.ConfigDiff;
import io.loble.config.diff.ConfigStep;
import io.loble.config.diff.ConfigStep.Action;
import io.loble.control.Step.Effect;
import io.loble.model.Backend;
import io.loble.model.Pool;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Works out what the steps of a change do to the connections that are open now. */
final class Steps {

  /** The timeouts that end connections which are over them. */
  private static final Set<String> BOUNDS =
      Set.of("timeouts.idle", "timeouts.half_closed", "timeouts.max_duration");

  private final RunningBalancer balancer;
  private final Duration drain;

  /**
   * @param drain how long connections of what is removed may last
   */
  private Steps(RunningBalancer balancer, Duration drain) {
    this.balancer = balancer;
    this.drain = drain;
  }

  static List<Step> of(ConfigDiff diff, RunningBalancer balancer, Duration drain) {
    Steps steps = new Steps(balancer, drain);
    return diff.steps().stream().map(steps::step).toList();
  }

  private Step step(ConfigStep change) {
    return switch (change.kind()) {
      case SETTING -> setting(change);
      case LISTENER -> closes(change) ? ending(change, ofListener(change)) : Step.harmless(change);
      case POOL ->
          change.action() == Action.REMOVE ? ending(change, ofPool(change)) : Step.harmless(change);
      case BACKEND -> closes(change) ? ending(change, ofBackend(change)) : Step.harmless(change);
    };
  }

  private static boolean closes(ConfigStep change) {
    return change.action() == Action.REMOVE
        || (change.action() == Action.CHANGE && "address".equals(change.key()));
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

  private long ofListener(ConfigStep change) {
    return balancer.listeners().stream()
        .filter(listener -> listener.name().equals(change.name()))
        .mapToLong(listener -> listener.stats().active())
        .sum();
  }

  private long ofPool(ConfigStep change) {
    return active(backends(change.pool()));
  }

  private long ofBackend(ConfigStep change) {
    return active(backends(change.pool()).filter(b -> b.name().equals(change.name())));
  }

  private Stream<Backend> backends(@Nullable String name) {
    Pool pool = name == null ? null : balancer.snapshot().pool(name);
    return pool == null ? Stream.empty() : pool.backends().stream();
  }

  private static long active(Stream<Backend> backends) {
    return backends.mapToLong(backend -> backend.stats().active()).sum();
  }
}
