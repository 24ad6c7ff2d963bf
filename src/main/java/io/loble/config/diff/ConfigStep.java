package io.loble.config.diff;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One of the steps that lead from one configuration to another.
 *
 * @param pool the pool that is meant, or that the backend is in; null otherwise
 * @param name of what is added, removed or changed; null for a setting
 * @param key what is changed in it; null where all of it is added or removed
 * @param before as JSON has it; null where there was nothing
 * @param after as JSON has it; null where there is nothing any more
 * @param text the step in words, for people
 */
public record ConfigStep(
    Action action,
    Kind kind,
    @Nullable String pool,
    @Nullable String name,
    @Nullable String key,
    @Nullable Object before,
    @Nullable Object after,
    String text) {

  public enum Action {
    ADD,
    REMOVE,
    CHANGE;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public enum Kind {
    SETTING,
    LISTENER,
    POOL,
    BACKEND;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
