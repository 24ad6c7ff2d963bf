package io.loble.upstream;

import io.loble.model.Balancing;
import io.loble.model.LearningRange;
import io.loble.upstream.health.Alarm;
import io.loble.upstream.health.BackendMonitor;
import io.loble.upstream.health.Clock;
import io.loble.upstream.health.Learning;
import io.loble.upstream.health.LearntWeight;
import io.loble.upstream.health.Pace;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The weights that a pool learns, a step a second, while its algorithm wants that. Used on one
 * context.
 */
final class LearntWeights {

  private static final long STEP_MILLIS = 1_000;

  private final Alarm next;
  private final Supplier<List<BackendMonitor>> backends;
  private final Runnable changed;
  private @Nullable LearningRange range;

  /**
   * @param backends whose weights are to be learnt
   * @param changed is told after each step that has moved a weight
   */
  LearntWeights(Clock clock, Supplier<List<BackendMonitor>> backends, Runnable changed) {
    this.next = new Alarm(clock);
    this.backends = backends;
    this.changed = changed;
  }

  /** Learns from now on, or forgets what was learnt. */
  void follow(Balancing balancing) {
    boolean learns = balancing.algorithm().learns();
    if (learns && range == null) {
      schedule();
    } else if (!learns) {
      stop();
    }
    range = learns ? balancing.learning() : null;
  }

  void stop() {
    next.cancel();
    range = null;
    backends.get().forEach(backend -> backend.learntWeight().multiply(1));
  }

  private void schedule() {
    next.set(STEP_MILLIS, this::step);
  }

  private void step() {
    if (range == null) {
      return;
    }
    schedule();
    List<LearntWeight> all = backends.get().stream().map(BackendMonitor::learntWeight).toList();
    double[] factors = all.stream().mapToDouble(LearntWeight::factor).toArray();
    List<Pace> paces = all.stream().map(LearntWeight::take).toList();
    double[] moved = Learning.step(factors, paces, range);
    for (int i = 0; i < moved.length; i++) {
      all.get(i).multiply(moved[i]);
    }
    if (!Arrays.equals(factors, moved)) {
      changed.run();
    }
  }
}
