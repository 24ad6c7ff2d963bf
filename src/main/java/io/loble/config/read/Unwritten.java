package io.loble.config.read;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is written by leaving its key out where it has its default: a key that most tables have no
 * use for.
 */
public record Unwritten<T>(Codec<T> codec, T fallback) implements Codec<T> {

  @Override
  public Optional<T> read(Node node, @Nullable T base, Problems problems) {
    return codec.read(node, base, problems);
  }

  @Override
  public Object write(T value) {
    return codec.write(value);
  }

  @Override
  public boolean isAbsent(T value) {
    return fallback.equals(value);
  }

  @Override
  public void compare(String key, T before, T after, List<SettingChange> changes) {
    codec.compare(key, before, after, changes);
  }

  @Override
  public void describe(String key, @Nullable T unset, KeyVisitor visitor) {
    codec.describe(key, unset, visitor);
  }
}
