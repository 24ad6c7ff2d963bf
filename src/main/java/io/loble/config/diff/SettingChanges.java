package io.loble.config.diff;

import io.loble.config.read.JsonDocument;
import io.loble.config.read.Node;
import io.loble.config.read.Place;
import io.loble.config.read.Problems;
import io.loble.config.read.Section;
import io.loble.config.read.SettingChange;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Makes changed settings effective. */
final class SettingChanges {

  private SettingChanges() {}

  /** The record with the changed keys set, and all others as they are. */
  static <R> R apply(List<SettingChange> changes, Section<R> section, R record) {
    Place place = Place.of("changes");
    Node.Table document = Node.Table.empty(place);
    for (SettingChange change : changes) {
      document = document.merge(nested(change.key(), node(place, change.after())));
    }
    return section.read(document, record, new Problems()).orElse(record);
  }

  private static Node node(Place place, Object value) {
    if (value instanceof JsonObject table) {
      return JsonDocument.read(place, table);
    }
    return value instanceof JsonArray list
        ? new Node.Array(place, list.stream().map(item -> node(place, item)).toList())
        : new Node.Scalar(place, value);
  }

  private static Node.Table nested(String key, Node value) {
    Place place = value.place();
    int dot = key.indexOf('.');
    return dot < 0
        ? new Node.Table(place, Map.of(key, value))
        : new Node.Table(
            place, Map.of(key.substring(0, dot), nested(key.substring(dot + 1), value)));
  }
}
