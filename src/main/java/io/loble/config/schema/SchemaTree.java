package io.loble.config.schema;

import io.loble.config.read.Schemas;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Puts the schemas of single keys together to one of the whole. */
final class SchemaTree {

  private static final String PROPERTIES = "properties";
  private static final String FURTHER = "additionalProperties";
  private static final String ITEMS = "items";
  private static final String REQUIRED = "required";

  /** Stands for any name in the path of a key. */
  private static final String ANY_NAME = "NAME";

  /** Ends a part of such a path that is an array of tables. */
  private static final String EACH = "[]";

  private final JsonObject root = table();

  JsonObject root() {
    return root;
  }

  /**
   * @param path the parts of the key: {@code pools}, {@code NAME}, {@code backends[]}, {@code
   *     weight}
   */
  void put(List<String> path, JsonObject schema, boolean required) {
    JsonObject table = root;
    for (String part : path.subList(0, path.size() - 1)) {
      table = within(table, part);
    }
    String name = path.get(path.size() - 1);
    table.getJsonObject(PROPERTIES).put(name, schema);
    if (required) {
      table.put(REQUIRED, table.getJsonArray(REQUIRED, new JsonArray()).add(name));
    }
  }

  private static JsonObject within(JsonObject table, String part) {
    if (part.equals(ANY_NAME)) {
      if (!(table.getValue(FURTHER) instanceof JsonObject)) {
        table.put(FURTHER, table()).put("propertyNames", Schemas.name());
      }
      return table.getJsonObject(FURTHER);
    }
    JsonObject properties = table.getJsonObject(PROPERTIES);
    if (!part.endsWith(EACH)) {
      return child(properties, part, table());
    }
    String name = part.substring(0, part.length() - EACH.length());
    JsonObject array = new JsonObject().put("type", "array").put(ITEMS, table());
    return child(properties, name, array).getJsonObject(ITEMS);
  }

  private static JsonObject child(JsonObject properties, String name, JsonObject otherwise) {
    if (!properties.containsKey(name)) {
      properties.put(name, otherwise);
    }
    return properties.getJsonObject(name);
  }

  private static JsonObject table() {
    return Schemas.table().put(PROPERTIES, new JsonObject()).put(FURTHER, false);
  }
}
