package io.loble.upstream;

import io.loble.config.Ejection;
import io.loble.upstream.health.Alarm;
import io.loble.upstream.health.BackendMonitor;
import io.loble.upstream.health.Clock;
import io.loble.upstream.health.Outliers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Compares what the backends of a pool did, once an interval, and tells those that stand out. Used
 * on one context.
 */
final class OutlierWatch {

  private final Alarm next;
  private final Supplier<List<BackendMonitor>> backends;
  private Ejection rules = Ejection.OFF;

  /**
   * @param backends those to compare
   */
  OutlierWatch(Clock clock, Supplier<List<BackendMonitor>> backends) {
    this.next = new Alarm(clock);
    this.backends = backends;
  }

  /** Goes by these rules; an interval that has begun goes on if it is as long as before. */
  void follow(Ejection newRules) {
    boolean goesOn =
        rules.enabled() && newRules.enabled() && rules.interval().equals(newRules.interval());
    rules = newRules;
    if (!goesOn) {
      schedule();
    }
  }

  void stop() {
    follow(Ejection.OFF);
  }

  private void schedule() {
    if (rules.enabled()) {
      next.set(rules.interval().toMillis(), this::compare);
    } else {
      next.cancel();
    }
  }

  private void compare() {
    List<BackendMonitor> compared = new ArrayList<>();
    List<Outliers.Sample> samples = new ArrayList<>();
    for (BackendMonitor backend : backends.get()) {
      Outliers.Sample sample = backend.sample();
      if (sample != null) {
        compared.add(backend);
        samples.add(sample);
      }
    }
    Outliers.of(samples, rules)
        .forEach(outlier -> compared.get(outlier.index()).standsOut(outlier.why()));
    schedule();
  }
}
