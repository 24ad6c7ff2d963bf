package io.loble.config.read;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table with known keys.
 *
 * @param <R> what it is read into
 */
public final class Section<R> implements Codec<R> {

  /** A rule that more than one key of a table takes part in. */
  public interface Rule<R> {
    void check(Values<R> values, Problems problems);
  }

  /** A table that was read, with the places of its values. */
  public record Entry<R>(R record, Values<R> values) {}

  private final Function<Values<R>, R> constructor;
  private final Rule<R> rule;
  private final List<Field<R, ?>> fields;

  @SafeVarargs
  @SuppressWarnings("varargs")
  public Section(Function<Values<R>, R> constructor, Rule<R> rule, Field<R, ?>... fields) {
    this.constructor = constructor;
    this.rule = rule;
    this.fields = List.of(fields);
  }

  @SafeVarargs
  public Section(Function<Values<R>, R> constructor, Field<R, ?>... fields) {
    this(constructor, (values, problems) -> {}, fields);
  }

  /** The keys that the table may have. */
  public List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  /** What an empty table is read into. Only for sections without a required key. */
  public R defaults() {
    return read(Node.Table.empty(Place.of("defaults")), null, new Problems()).orElseThrow();
  }

  /** Reads a table, reporting unknown keys, wrong values and missing ones. */
  public Optional<Entry<R>> entry(Node node, @Nullable R base, Problems problems) {
    if (!(node instanceof Node.Table table)) {
      problems.unexpected(node, "a table");
      return Optional.empty();
    }
    reportUnknown(table, names(), problems);
    Values<R> values = new Values<>(table, base);
    List<Field<R, ?>> unusable =
        fields.stream().filter(field -> !values.read(field, problems)).toList();
    if (!unusable.isEmpty()) {
      return Optional.empty();
    }
    if (!problems.areOfPart()) {
      rule.check(values, problems);
    }
    return Optional.of(new Entry<>(constructor.apply(values), values));
  }

  @Override
  public Optional<R> read(Node node, @Nullable R base, Problems problems) {
    return entry(node, base, problems).map(Entry::record);
  }

  @Override
  public JsonObject write(R record) {
    JsonObject json = new JsonObject();
    fields.stream()
        .filter(field -> !field.isAbsent(record))
        .forEach(field -> json.put(field.name(), field.write(record)));
    return json;
  }

  @Override
  public void compare(String key, R before, R after, List<SettingChange> changes) {
    fields.forEach(field -> field.compare(prefix(key), before, after, changes));
  }

  @Override
  public void describe(String key, @Nullable R fallback, KeyVisitor visitor) {
    fields.forEach(field -> field.describe(prefix(key), fallback, visitor));
  }

  /** Reports the keys of a table that are not among the known ones. */
  public static void reportUnknown(Node.Table table, List<String> known, Problems problems) {
    table
        .children()
        .forEach(
            (name, node) -> {
              if (!known.contains(name)) {
                problems.add(node.place(), "unknown key; " + Spelling.keyHint(name, known));
              }
            });
  }

  private static String prefix(String key) {
    return key.isEmpty() ? "" : key + '.';
  }
}
