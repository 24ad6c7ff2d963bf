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
 */
record ScalarCodec<T>(
    String expected, Function<Object, Optional<T>> reader, Function<T, Object> writer)
    implements Codec<T> {

  @Override
  public Optional<T> read(Node node, @Nullable T base, Problems problems) {
    Optional<T> value =
        node instanceof Node.Scalar scalar && scalar.value() != null
            ? reader.apply(scalar.value())
            : Optional.empty();
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
