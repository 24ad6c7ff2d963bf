package io.loble.config.read;

import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A piece of a configuration document that remembers where it was written. */
public sealed interface Node {

  Place place();

  /** What this is, in the words of an error message. */
  String described();

  /** Keys and their values, in the order of the document. */
  record Table(Place place, Map<String, Node> children) implements Node {

    public Table {
      children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
    }

    public static Table empty(Place place) {
      return new Table(place, Map.of());
    }

    public Optional<Node> child(String name) {
      return Optional.ofNullable(children.get(name));
    }

    /** The table of that name, if there is a value of that name and it is a table. */
    public Optional<Table> table(String name) {
      return children.get(name) instanceof Table table ? Optional.of(table) : Optional.empty();
    }

    /** What a chain of names leads to. */
    public Optional<Node> find(String first, String... rest) {
      Optional<Node> found = child(first);
      for (String name : rest) {
        found = found.flatMap(n -> n instanceof Table table ? table.child(name) : Optional.empty());
      }
      return found;
    }

    /** This table with a key added, or replaced where it stands. */
    public Table with(String name, Node value) {
      Map<String, Node> changed = new LinkedHashMap<>(children);
      changed.put(name, value);
      return new Table(place, changed);
    }

    /** This table without what a chain of names leads to. */
    public Table without(String first, String... rest) {
      Map<String, Node> changed = new LinkedHashMap<>(children);
      if (rest.length == 0) {
        changed.remove(first);
      } else if (changed.get(first) instanceof Table table) {
        String[] further = Arrays.copyOfRange(rest, 1, rest.length);
        changed.put(first, table.without(rest[0], further));
      }
      return new Table(place, changed);
    }

    /** Both tables in one: where both have a value, tables are merged and other values replaced. */
    public Table merge(Table later) {
      Map<String, Node> merged = new LinkedHashMap<>(children);
      later.children.forEach(
          (name, value) ->
              merged.merge(
                  name,
                  value,
                  (a, b) -> a instanceof Table x && b instanceof Table y ? x.merge(y) : b));
      return new Table(place, merged);
    }

    @Override
    public String described() {
      return "a table";
    }
  }

  /** Values in a row. */
  record Array(Place place, List<Node> items) implements Node {

    public Array {
      items = List.copyOf(items);
    }

    @Override
    public String described() {
      return "an array";
    }
  }

  /**
   * A single value.
   *
   * @param value a string, number, boolean, date or time, or null
   */
  record Scalar(Place place, @Nullable Object value) implements Node {

    @Override
    public String described() {
      if (value instanceof String text) {
        return "the string \"" + InvisibleText.shown(text) + '"';
      }
      if (value instanceof Boolean) {
        return "the boolean " + value;
      }
      return value instanceof Temporal ? "the date or time " + value : String.valueOf(value);
    }
  }
}
