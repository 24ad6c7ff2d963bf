package io.loble.config.source;

import io.loble.config.read.Place;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.Collectors;
import org.tomlj.Toml;

/** Writes a document of tables, arrays, strings, numbers and booleans as TOML. */
final class TomlWriter {

  private final StringBuilder text = new StringBuilder();

  private TomlWriter() {}

  static String write(JsonObject document) {
    TomlWriter writer = new TomlWriter();
    writer.content("", document);
    return writer.text.toString();
  }

  /** The values of a table, which must stand before the tables in it. */
  private void content(String path, JsonObject table) {
    table.stream().filter(e -> !isTables(e.getValue())).forEach(this::line);
    table.stream().filter(e -> isTables(e.getValue())).forEach(e -> tables(path, e));
  }

  private void tables(String path, Map.Entry<String, Object> entry) {
    String inner = path.isEmpty() ? key(entry.getKey()) : path + '.' + key(entry.getKey());
    if (entry.getValue() instanceof JsonObject table) {
      header('[' + inner + ']', inner, table);
    } else if (entry.getValue() instanceof JsonArray array) {
      array.forEach(item -> header("[[" + inner + "]]", inner, (JsonObject) item));
    }
  }

  private void header(String header, String path, JsonObject table) {
    if (table.isEmpty() || !table.stream().allMatch(e -> isTables(e.getValue()))) {
      text.append('\n').append(header).append('\n');
    }
    content(path, table);
  }

  private void line(Map.Entry<String, Object> entry) {
    text.append(key(entry.getKey())).append(" = ").append(value(entry.getValue())).append('\n');
  }

  private static String value(Object value) {
    if (value instanceof JsonArray array) {
      return array.stream().map(TomlWriter::value).collect(Collectors.joining(", ", "[", "]"));
    }
    return value instanceof String string ? quoted(string) : value.toString();
  }

  private static String key(String name) {
    return name.matches(Place.BARE_KEY) ? name : quoted(name);
  }

  private static String quoted(String string) {
    return "\"" + Toml.tomlEscape(string) + '"';
  }

  private static boolean isTables(Object value) {
    return value instanceof JsonObject
        || (value instanceof JsonArray array
            && !array.isEmpty()
            && array.getValue(0) instanceof JsonObject);
  }
}
