package io.loble.config;

import io.loble.model.BackendMode;
import java.util.Optional;

/**
 * What is set of one backend that a pool has found by itself, whatever its source says. What is
 * empty is as the source has it.
 *
 * @param weight 0 to 256
 * @param maxConnections 0 for no bound
 * @param priority 0 to 99
 * @param mode never {@link BackendMode#LEAVING}
 */
public record FoundSettings(
    Optional<Integer> weight,
    Optional<Integer> maxConnections,
    Optional<Integer> priority,
    Optional<BackendMode> mode) {

  /** Everything is as the source has it. */
  public static final FoundSettings NONE =
      new FoundSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** That backend with these settings. */
  public BackendConfig appliedTo(BackendConfig found) {
    return new BackendConfig(
        found.name(),
        found.address(),
        weight.orElse(found.weight()),
        maxConnections.orElse(found.maxConnections()),
        priority.orElse(found.priority()),
        mode.orElse(found.mode()));
  }
}
