package io.loble.config.read;

/**
 * A setting that has another value than before.
 *
 * @param key such as {@code timeouts.idle}, or {@code algorithm} where a pool or an item is meant
 * @param before as JSON has it
 * @param after as JSON has it
 */
public record SettingChange(String key, Object before, Object after) {

  /** {@code timeouts.idle 5m -> 1m}. */
  @Override
  public String toString() {
    return key + ' ' + before + " -> " + after;
  }
}
