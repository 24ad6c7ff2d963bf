package io.loble.control;

import io.loble.config.ConfigException;
import io.loble.config.LobleConfig;
import io.loble.config.diff.ConfigDiff;
import io.loble.config.diff.RuntimeChanges;
import io.loble.config.keys.ConfigJson;
import io.loble.config.keys.ConfigWarnings;
import java.time.Duration;
import java.util.List;

/**
 * Works out what a change of the configuration would do. Changes nothing, does no I/O and reads no
 * clock. May be used from any thread.
 */
final class ConfigPlanner {

  private final OpenConnections open;

  /**
   * @param open what a change that closes connections would close
   */
  ConfigPlanner(OpenConnections open) {
    this.open = open;
  }

  /**
   * Plans what a command wants.
   *
   * @throws CommandException when the command refuses, or its result breaks the configuration's
   *     rules
   */
  ChangePlan command(LobleConfig inForce, Edit.Maker maker) {
    Edit edit = maker.of(inForce);
    try {
      ConfigJson.checked(edit.config());
    } catch (ConfigException e) {
      throw CommandException.contradiction(e);
    }
    return plan(inForce, edit);
  }

  /**
   * Plans that a file takes effect.
   *
   * @param file what it says
   * @param path what it is called
   * @param reset whether changes made at run time are given up
   * @throws CommandException when the file contradicts changes made at run time
   */
  ChangePlan file(ConfigState now, LobleConfig file, String path, boolean reset) {
    LobleConfig next = reset ? file : rebased(now, file);
    return plan(now.config(), Edit.of(next, Subjects.nameOnly(path)))
        .withWarnings(ConfigWarnings.of(file));
  }

  /** Plans to go back to a version. */
  ChangePlan version(LobleConfig inForce, ConfigVersion target) {
    return plan(inForce, Edit.of(target.config(), Subjects.nameOnly("version " + target.number())));
  }

  private static LobleConfig rebased(ConfigState now, LobleConfig file) {
    try {
      return RuntimeChanges.rebase(now.file(), file, now.config());
    } catch (ConfigException e) {
      throw CommandException.notTogether(e);
    }
  }

  private ChangePlan plan(LobleConfig before, Edit edit) {
    ConfigDiff diff = ConfigDiff.between(before, edit.config());
    Duration drain = edit.drain() == null ? edit.config().timeouts().drain() : edit.drain();
    return new ChangePlan(before, edit, diff, StepEffects.of(diff, open, drain), List.of());
  }
}
