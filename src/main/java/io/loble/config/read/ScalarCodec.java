package io.loble.config.read;

import io.loble.config.ConfigException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A single value.
 *
 * @param expected what is accepted, in words that follow "expected"
 * @param schema the same as a JSON Schema: never stricter than the reader
 * @param reader empty for what is not accepted
 * @param writer the inverse of the reader
 * @param fault what is wrong with a value where "expected" does not say it well; else empty
 */
public record ScalarCodec<T>(
    String expected,
    JsonObject schema,
    Function<Object, Optional<T>> reader,
    Function<T, Object> writer,
    Function<Object, Optional<String>> fault)
    implements Codec<T> {

  ScalarCodec(
      String expected,
      JsonObject schema,
      Function<Object, Optional<T>> reader,
      Function<T, Object> writer) {
    this(expected, schema, reader, writer, value -> Optional.empty());
  }

  /** The same with a schema that says more. */
  public ScalarCodec<T> describedBy(JsonObject better) {
    return new ScalarCodec<>(expected, better, reader, writer, fault);
  }

  /**
   * The value that a text stands for, where all values are written as text: a number, or a boolean
   * as {@code true}, {@code false}, {@code 1} or {@code 0}, if one is accepted; else the text.
   */
  Object valueOf(String text) {
    return Stream.<Function<String, Optional<?>>>of(
            Optional::of, ScalarCodec::whole, ScalarCodec::decimal, ScalarCodec::bool)
        .flatMap(form -> form.apply(text).stream())
        .filter(value -> reader.apply(value).isPresent())
        .map(Object.class::cast)
        .findFirst()
        .orElse(text);
  }

  /**
   * Reads a text by itself.
   *
   * @param source how errors call it
   * @throws ConfigException when it is not accepted
   */
  public T read(String source, String text) throws ConfigException {
    Problems problems = new Problems();
    Optional<T> value = read(new Node.Scalar(Place.of(source), valueOf(text)), null, problems);
    problems.throwIfAny();
    return value.orElseThrow();
  }

  private static Optional<Long> whole(String text) {
    try {
      return Optional.of(Long.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Double> decimal(String text) {
    try {
      return Optional.of(Double.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Boolean> bool(String text) {
    return switch (text) {
      case "true", "1" -> Optional.of(true);
      case "false", "0" -> Optional.of(false);
      default -> Optional.empty();
    };
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
    visitor.key(key, expected, schema, fallback == null ? null : write(fallback));
  }
}
