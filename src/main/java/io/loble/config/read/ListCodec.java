package io.loble.config.read;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An array of single values, none of them twice, which is replaced as a whole.
 *
 * @param item what each value is
 * @param expected what the array may be, in words that follow "expected"
 */
public record ListCodec<T>(ScalarCodec<T> item, String expected) implements Codec<List<T>> {

  @Override
  public Optional<List<T>> read(Node node, @Nullable List<T> base, Problems problems) {
    if (!(node instanceof Node.Array array)) {
      problems.unexpected(node, expected);
      return Optional.empty();
    }
    Set<T> values = new LinkedHashSet<>();
    boolean usable = true;
    for (Node each : array.items()) {
      Optional<T> value = item.read(each, null, problems);
      usable &= value.isPresent();
      value.ifPresent(known -> add(known, each, values, problems));
    }
    return usable ? Optional.of(List.copyOf(values)) : Optional.empty();
  }

  private void add(T value, Node node, Set<T> values, Problems problems) {
    if (!values.add(value)) {
      problems.add(node.place(), "\"" + item.write(value) + "\" is given twice");
    }
  }

  @Override
  public JsonArray write(List<T> values) {
    JsonArray json = new JsonArray();
    values.forEach(value -> json.add(item.write(value)));
    return json;
  }

  @Override
  public void describe(String key, @Nullable List<T> fallback, KeyVisitor visitor) {
    JsonObject schema = new JsonObject().put("type", "array").put("items", item.schema());
    visitor.key(key, expected, schema, fallback == null ? null : write(fallback));
  }
}
