package io.loble.config.read;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A key of a table.
 *
 * @param <R> what the table as a whole is read into
 * @param name the key as it is written
 * @param codec what its value may be
 * @param getter the value in what was read
 * @param fallback the value when it is not given; null if it must be given
 */
public record Field<R, T>(
    String name, Codec<T> codec, Function<R, T> getter, @Nullable T fallback) {

  /** A key that must be given. */
  public static <R, T> Field<R, T> required(String name, Codec<T> codec, Function<R, T> getter) {
    return new Field<>(name, codec, getter, null);
  }

  /** A key that may be left out. */
  public static <R, T> Field<R, T> optional(
      String name, Codec<T> codec, Function<R, T> getter, T fallback) {
    return new Field<>(name, codec, getter, fallback);
  }

  /** A table in the table, with the defaults of its own keys. */
  public static <R, T> Field<R, T> section(String name, Section<T> section, Function<R, T> getter) {
    return new Field<>(name, section, getter, section.defaults());
  }

  /** What the key is worth when it is not given. */
  @Nullable T unset(@Nullable R base) {
    return base == null ? fallback : getter.apply(base);
  }

  Optional<T> read(Node node, @Nullable R base, Problems problems) {
    return codec.read(node, unset(base), problems);
  }

  Object write(R record) {
    return codec.write(getter.apply(record));
  }

  boolean isAbsent(R record) {
    return codec.isAbsent(getter.apply(record));
  }

  void compare(String prefix, R before, R after, List<SettingChange> changes) {
    codec.compare(prefix + name, getter.apply(before), getter.apply(after), changes);
  }

  void describe(String prefix, @Nullable R defaults, Codec.KeyVisitor visitor) {
    codec.describe(prefix + name, unset(defaults), visitor);
  }
}
