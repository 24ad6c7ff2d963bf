package io.loble.config.read;

import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table whose keys are not known beforehand, which is replaced as a whole.
 *
 * @param key reads a key; two that are read as the same are an error
 * @param pattern what a key looks like, for its schema: never stricter than the reader
 * @param keyFault what is wrong with a key that cannot be read
 * @param item what each value is
 * @param expected what the table may be, in words that follow "expected"
 */
public record MapCodec<K, T>(
    Function<String, Optional<K>> key,
    String pattern,
    String keyFault,
    ScalarCodec<T> item,
    String expected)
    implements Codec<Map<K, T>> {

  @Override
  public Optional<Map<K, T>> read(Node node, @Nullable Map<K, T> base, Problems problems) {
    if (!(node instanceof Node.Table table)) {
      problems.unexpected(node, expected);
      return Optional.empty();
    }
    Map<K, T> values = new LinkedHashMap<>();
    boolean usable = true;
    for (Map.Entry<String, Node> child : table.children().entrySet()) {
      usable &= readChild(child.getKey(), child.getValue(), values, problems);
    }
    return usable ? Optional.of(Collections.unmodifiableMap(values)) : Optional.empty();
  }

  private boolean readChild(String name, Node node, Map<K, T> values, Problems problems) {
    Optional<K> known = key.apply(name);
    Optional<T> value = item.read(node, null, problems);
    if (known.isEmpty()) {
      problems.add(node.place(), keyFault);
      return false;
    }
    if (value.isEmpty()) {
      return false;
    }
    boolean isNew = values.putIfAbsent(known.get(), value.get()) == null;
    if (!isNew) {
      problems.add(node.place(), "\"" + known.get() + "\" is given twice");
    }
    return isNew;
  }

  @Override
  public JsonObject write(Map<K, T> values) {
    JsonObject json = new JsonObject();
    values.forEach((name, value) -> json.put(name.toString(), item.write(value)));
    return json;
  }

  @Override
  public void describe(String name, @Nullable Map<K, T> fallback, KeyVisitor visitor) {
    JsonObject schema =
        Schemas.table()
            .put("propertyNames", Schemas.text().put("pattern", pattern))
            .put("properties", new JsonObject())
            .put("additionalProperties", item.schema());
    visitor.key(name, expected, schema, fallback == null ? null : write(fallback));
  }
}
