package io.loble.control;

import io.loble.config.LobleConfig;
import io.loble.config.diff.ConfigDiff;
import io.loble.config.diff.ConfigStep;
import io.loble.config.keys.LoadedConfig;
import java.util.List;

/**
 * The configuration in force, and how it came about. Immutable.
 *
 * @param loaded what the file said when it was loaded last
 * @param fileChanges how often it has said something else than before
 * @param versions those that are kept; the current one is in force
 */
record ConfigState(LoadedConfig loaded, long fileChanges, VersionHistory versions) {

  static ConfigState startingWith(LoadedConfig loaded, ConfigVersion first) {
    return new ConfigState(loaded, 0, VersionHistory.startingWith(first));
  }

  /** The file was loaded again. */
  ConfigState with(LoadedConfig now) {
    return new ConfigState(now, now.isSameAs(loaded) ? fileChanges : fileChanges + 1, versions);
  }

  /** Another version is in force. */
  ConfigState with(ConfigVersion next) {
    return new ConfigState(loaded, fileChanges, versions.with(next));
  }

  /** What the file said. */
  LobleConfig file() {
    return loaded.config();
  }

  /** The configuration in force. */
  LobleConfig config() {
    return versions.current().config();
  }

  /** The number of the version in force. */
  long version() {
    return versions.current().number();
  }

  /** What leads from the file to the configuration in force. */
  List<ConfigStep> differences() {
    return ConfigDiff.between(file(), config()).steps();
  }
}
