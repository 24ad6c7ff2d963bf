package io.loble.config.read;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A single value without a default: where its key is not given, there is none. */
@SuppressWarnings("NullableOptional") // Null says, for every codec, that there is no base at all.
public record OptionalScalar<T>(ScalarCodec<T> scalar) implements Codec<Optional<T>> {

  @Override
  public Optional<Optional<T>> read(Node node, @Nullable Optional<T> base, Problems problems) {
    Optional<T> value = scalar.read(node, null, problems);
    return value.isPresent() ? Optional.of(value) : Optional.empty();
  }

  @Override
  public Object write(Optional<T> value) {
    return value.map(scalar::write).orElse("");
  }

  @Override
  public boolean isAbsent(Optional<T> value) {
    return value.isEmpty();
  }

  @Override
  public void describe(String key, @Nullable Optional<T> fallback, KeyVisitor visitor) {
    scalar.describe(key, null, visitor);
  }
}
