package io.loble.ctl.answer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/** Reads arrays of objects. */
public final class Items {

  private Items() {}

  /** What an object has below a key; nothing when the key is absent. */
  public static <T> List<T> of(JsonObject json, String key, Function<JsonObject, T> reader) {
    JsonArray items = json.getJsonArray(key);
    return items == null
        ? List.of()
        : items.stream().map(item -> reader.apply((JsonObject) item)).toList();
  }
}
