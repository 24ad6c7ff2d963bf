package io.loble.config;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A single value.
 *
 * @param expected what is accepted, in words that follow "expected"
 * @param reader empty for what is not accepted
 * @param writer the inverse of the reader
 * @param fault what is wrong with a value where "expected" does not say it well; else empty
 */
record ScalarCodec<T>(
    String expected,
    Function<Object, Optional<T>> reader,
    Function<T, Object> writer,
    Function<Object, Optional<String>> fault)
    implements Codec<T> {

  ScalarCodec(String expected, Function<Object, Optional<T>> reader, Function<T, Object> writer) {
    this(expected, reader, writer, value -> Optional.empty());
  }

  @Override
  public Optional<T> read(Node node, @Nullable T base, Problems problems) {
    Optional<Object> given =
        node instanceof Node.Scalar scalar ? Optional.ofNullable(scalar.value()) : Optional.empty();
    Optional<String> wrong = given.flatMap(fault);
    if (wrong.isPresent()) {
      problems.add(node.place(), wrong.get());
      return Optional.empty();
    }
    Optional<T> value = given.flatMap(reader);
    if (value.isEmpty()) {
      problems.unexpected(node, expected);
    }
    return value;
  }

  @Override
  public Object write(T value) {
    return writer.apply(value);
  }

  @Override
  public void describe(String key, @Nullable T fallback, KeyVisitor visitor) {
    visitor.key(key, expected, fallback == null ? null : write(fallback));
  }
}
