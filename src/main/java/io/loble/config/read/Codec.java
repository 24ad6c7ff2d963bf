package io.loble.config.read;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How values of one kind are read from a document, written to one, and compared. */
public interface Codec<T> {

  /**
   * Reads a value and reports everything that is wrong with it.
   *
   * @param base what the parts that are not given are taken from; null for the built-in defaults
   * @return empty if there is no usable value, which then has been reported
   */
  Optional<T> read(Node node, @Nullable T base, Problems problems);

  /** The value as JSON has it; reading it gives an equal value. */
  Object write(T value);

  /** Whether a value is written by leaving its key out. */
  default boolean isAbsent(T value) {
    return false;
  }

  /** Adds what differs between two values, one change a key. */
  default void compare(String key, T before, T after, List<SettingChange> changes) {
    if (!before.equals(after)) {
      changes.add(new SettingChange(key, write(before), write(after)));
    }
  }

  /** Shows the visitor every key that values of this kind have. */
  void describe(String key, @Nullable T fallback, KeyVisitor visitor);

  /** Receives the keys of a schema. */
  interface KeyVisitor {
    /**
     * A key.
     *
     * @param expected what its value may be, in words
     * @param schema the same as a JSON Schema, as far as that can say it
     * @param fallback what it is when not given, as JSON has it; null if it must be given or is
     *     taken from elsewhere
     */
    void key(String key, String expected, JsonObject schema, @Nullable Object fallback);
  }
}
