package io.loble.config.read;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Between JSON and the tree that validation works on. */
public final class JsonDocument {

  private JsonDocument() {}

  /** The tree of an object that stands at that place. */
  public static Node.Table read(Place place, JsonObject json) {
    Map<String, Node> children = new LinkedHashMap<>();
    for (String name : json.fieldNames()) {
      children.put(name, node(place.child(name), json.getValue(name)));
    }
    return new Node.Table(place, children);
  }

  /** The tree of an array that stands at that place. */
  public static Node.Array read(Place place, JsonArray json) {
    return new Node.Array(place, items(place, json));
  }

  /** The object that a tree stands for; dates and times become strings. */
  public static JsonObject write(Node.Table table) {
    JsonObject json = new JsonObject();
    table.children().forEach((name, child) -> json.put(name, value(child)));
    return json;
  }

  private static Node node(Place place, @Nullable Object value) {
    if (value instanceof JsonObject object) {
      return read(place, object);
    }
    return value instanceof JsonArray array ? read(place, array) : new Node.Scalar(place, value);
  }

  private static List<Node> items(Place place, JsonArray array) {
    List<Node> items = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      items.add(node(place.item(i), array.getValue(i)));
    }
    return items;
  }

  private static @Nullable Object value(Node node) {
    if (node instanceof Node.Table table) {
      return write(table);
    }
    if (node instanceof Node.Array array) {
      JsonArray json = new JsonArray();
      array.items().forEach(item -> json.add(value(item)));
      return json;
    }
    Object value = ((Node.Scalar) node).value();
    return value instanceof Temporal ? value.toString() : value;
  }
}
