package io.loble.config.read;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values of one table's keys, read one by one, and where each was written. */
public final class Values<R> {

  private final Node.Table table;
  private final @Nullable R base;
  private final Map<String, Object> read = new HashMap<>();

  Values(Node.Table table, @Nullable R base) {
    this.table = table;
    this.base = base;
  }

  /** Reads a key of the table; whether there is a value now, be it given or not. */
  <T> boolean read(Field<R, T> field, Problems problems) {
    Node node = table.children().get(field.name());
    if (node != null) {
      field.read(node, base, problems).ifPresent(value -> read.put(field.name(), value));
    } else if (field.unset(base) == null) {
      problems.missing(place(field), expected(field));
    }
    return read.containsKey(field.name()) || field.unset(base) != null;
  }

  /** The value that was given, else the one that the base or the schema has. */
  public <T> T get(Field<R, T> field) {
    @SuppressWarnings("unchecked")
    T value = (T) read.get(field.name());
    return value != null ? value : unset(field);
  }

  /** Whether the table has a usable value of its own for that key. */
  public boolean given(Field<R, ?> field) {
    return read.containsKey(field.name());
  }

  /** Whether the table has a value for that key that cannot be used. */
  public boolean unusable(Field<R, ?> field) {
    return table.children().containsKey(field.name()) && !given(field);
  }

  /** What the table has for that key; empty when it is not given. */
  public Optional<Node> node(Field<R, ?> field) {
    return table.child(field.name());
  }

  /** Where the value is written, or would be. */
  public Place place(Field<R, ?> field) {
    Node node = table.children().get(field.name());
    return node != null ? node.place() : table.place().child(field.name());
  }

  private <T> T unset(Field<R, T> field) {
    T value = field.unset(base);
    if (value == null) {
      throw new IllegalStateException("no value of " + place(field).key());
    }
    return value;
  }

  private static String expected(Field<?, ?> field) {
    return field.codec() instanceof ScalarCodec<?> scalar ? scalar.expected() : "a table";
  }
}
