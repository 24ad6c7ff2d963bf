package io.loble.config.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What differs between two lists of things that have unique names.
 *
 * @param added what only the later list has
 * @param removed what only the earlier list has
 * @param changed what both have under one name, with different settings
 * @param order the names of the later list, in its order; empty if what is in both lists stands in
 *     the same order and what was added stands after it
 */
public record ItemChanges<T>(
    List<T> added, List<T> removed, List<Change<T>> changed, List<String> order) {

  /** Something before and after. */
  public record Change<T>(T before, T after) {}

  public ItemChanges {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    changed = List.copyOf(changed);
    order = List.copyOf(order);
  }

  /** Whether the lists are equal. */
  public boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty() && changed.isEmpty() && order.isEmpty();
  }

  static <T> ItemChanges<T> between(List<T> before, List<T> after, Function<T, String> name) {
    Map<String, T> old = byName(before, name);
    Map<String, T> now = byName(after, name);
    List<T> added = after.stream().filter(t -> !old.containsKey(name.apply(t))).toList();
    List<T> removed = before.stream().filter(t -> !now.containsKey(name.apply(t))).toList();
    List<Change<T>> changed = new ArrayList<>();
    now.forEach(
        (key, item) -> {
          T was = old.get(key);
          if (was != null && !was.equals(item)) {
            changed.add(new Change<>(was, item));
          }
        });
    ItemChanges<T> unordered = new ItemChanges<>(added, removed, changed, List.of());
    boolean inOrder = unordered.apply(before, name).equals(after);
    List<String> order = inOrder ? List.of() : List.copyOf(now.keySet());
    return new ItemChanges<>(added, removed, changed, order);
  }

  /**
   * Makes the changes to a list, which need not be the one that they were found on: what is in it
   * besides stays, and what was changed is put in if it is missing.
   */
  List<T> apply(List<T> items, Function<T, String> name) {
    Map<String, T> result = byName(items, name);
    removed.forEach(item -> result.remove(name.apply(item)));
    changed.forEach(change -> result.put(name.apply(change.after()), change.after()));
    added.forEach(item -> result.put(name.apply(item), item));
    return sorted(result);
  }

  private List<T> sorted(Map<String, T> items) {
    List<T> sorted = new ArrayList<>();
    Map<String, T> rest = new LinkedHashMap<>(items);
    for (String name : order) {
      T item = rest.remove(name);
      if (item != null) {
        sorted.add(item);
      }
    }
    sorted.addAll(rest.values());
    return sorted;
  }

  private static <T> Map<String, T> byName(List<T> items, Function<T, String> name) {
    return items.stream().collect(Collectors.toMap(name, t -> t, (a, b) -> b, LinkedHashMap::new));
  }
}
