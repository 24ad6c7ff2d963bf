package io.loble.config.read;

import io.loble.config.diff.ItemChanges;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An array of tables, in which some keys may not have the same value twice.
 *
 * @param item what each table is
 * @param unique the keys whose values identify an item; one that is not given may take the value of
 *     one before it
 */
public record TableList<R>(Section<R> item, List<Field<R, ?>> unique) implements Codec<List<R>> {

  @Override
  public Optional<List<R>> read(Node node, @Nullable List<R> base, Problems problems) {
    return node instanceof Node.Array
        ? Optional.of(entries(node, problems).stream().map(Section.Entry::record).toList())
        : unexpected(node, problems);
  }

  /** The items that are usable, with the places of their values. */
  public List<Section.Entry<R>> entries(Node node, Problems problems) {
    List<Section.Entry<R>> entries = new ArrayList<>();
    if (node instanceof Node.Array array) {
      array.items().forEach(i -> item.entry(i, null, problems).ifPresent(entries::add));
      reportDuplicates(entries, problems);
    }
    return entries;
  }

  @Override
  public JsonArray write(List<R> records) {
    JsonArray json = new JsonArray();
    records.forEach(record -> json.add(item.write(record)));
    return json;
  }

  /** Items come and go as a whole: {@link ItemChanges} compares them. */
  @Override
  public void compare(String key, List<R> before, List<R> after, List<SettingChange> changes) {}

  @Override
  public void describe(String key, @Nullable List<R> fallback, KeyVisitor visitor) {
    item.describe(key + "[]", null, visitor);
  }

  private Optional<List<R>> unexpected(Node node, Problems problems) {
    problems.unexpected(node, "an array of tables");
    return Optional.empty();
  }

  private void reportDuplicates(List<Section.Entry<R>> entries, Problems problems) {
    Map<String, Place> taken = new HashMap<>();
    for (Section.Entry<R> entry : entries) {
      Set<Object> reported = new HashSet<>();
      for (Field<R, ?> field : unique) {
        Object value = field.write(entry.record());
        Place place = entry.values().place(field);
        Place first = taken.putIfAbsent(field.name() + ' ' + value, place);
        if (first != null && reported.add(value)) {
          problems.add(place, duplicate(value, field.name(), place, first));
        }
      }
    }
  }

  private static String duplicate(Object value, String key, Place place, Place first) {
    String where =
        first.equals(place) ? "is given twice" : "is already used by " + first.seenFrom(place);
    return "\"%s\" %s; each %s may be used only once".formatted(value, where, key);
  }
}
