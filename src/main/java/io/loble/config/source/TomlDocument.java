package io.loble.config.source;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.loble.config.read.Node;
import io.loble.config.read.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads TOML, keeping the line and column of every value. */
public final class TomlDocument {

  private TomlDocument() {}

  /**
   * Reads a document.
   *
   * @param source what errors call the document
   * @throws ConfigException with every syntax error, its line and its column
   */
  public static Node.Table parse(String source, String text) throws ConfigException {
    TomlParseResult result = Toml.parse(TextFile.withoutMark(text));
    if (result.hasErrors()) {
      throw new ConfigException(
          result.errors().stream()
              .map(e -> syntaxError(source, e.position(), String.valueOf(e.getMessage())))
              .toList());
    }
    return table(result, Place.of(source));
  }

  private static ConfigError syntaxError(String source, TomlPosition position, String message) {
    return new ConfigError(
        source, position.line(), position.column(), null, "not valid TOML: " + message);
  }

  private static Node.Table table(TomlTable table, Place place) {
    Map<String, Node> children = new LinkedHashMap<>();
    for (String name : inOrder(table)) {
      List<String> path = List.of(name);
      Place child = located(place.child(name), table.inputPositionOf(path));
      children.put(name, node(table.get(path), child));
    }
    return new Node.Table(place, children);
  }

  private static Node.Array array(TomlArray array, Place place) {
    List<Node> items = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      items.add(node(array.get(i), located(place.item(i), array.inputPositionOf(i))));
    }
    return new Node.Array(place, items);
  }

  private static Node node(@Nullable Object value, Place place) {
    if (value instanceof TomlTable table) {
      return table(table, place);
    }
    return value instanceof TomlArray array ? array(array, place) : new Node.Scalar(place, value);
  }

  private static List<String> inOrder(TomlTable table) {
    return List.copyOf(table.keySet());
  }

  private static Place located(Place place, @Nullable TomlPosition position) {
    return position == null ? place : place.at(position.line(), position.column());
  }
}
