package io.loble.control;

import io.loble.config.LobleConfig;
import io.loble.config.diff.ConfigDiff;
import java.util.List;

/**
 * A change of the configuration that was worked out and not made.
 *
 * @param before the configuration that it starts from
 * @param edit what is wanted
 * @param diff what differs between the two configurations
 * @param steps the same for users, with what each does to open connections
 * @param warnings what of it is valid and probably a mistake; only files are looked at
 */
record ChangePlan(
    LobleConfig before, Edit edit, ConfigDiff diff, List<Step> steps, List<String> warnings) {

  ChangePlan {
    steps = List.copyOf(steps);
    warnings = List.copyOf(warnings);
  }

  /** The configuration that it leads to. */
  LobleConfig after() {
    return edit.config();
  }

  /** Whether there is nothing to do. */
  boolean isEmpty() {
    return diff.isEmpty() && edit.closing() == null;
  }

  /** Whether it leads to a new version; else it closes connections at most. */
  boolean isNewVersion() {
    return !diff.isEmpty();
  }

  /** What verticles receive. */
  ConfigChange change() {
    return new ConfigChange(edit.config(), edit.drain(), edit.closing());
  }

  ChangeSummary summary() {
    return ChangeSummary.of(steps);
  }

  ChangePlan withWarnings(List<String> found) {
    return new ChangePlan(before, edit, diff, steps, found);
  }
}
