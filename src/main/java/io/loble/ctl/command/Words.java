package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.Request;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The {@code key=value} words of a command. */
final class Words {

  private final JsonObject values = new JsonObject();

  private Words() {}

  static Words parse(List<String> words, Key... known) throws CtlException {
    Words result = new Words();
    for (String word : words) {
      result.add(word, List.of(known));
    }
    return result;
  }

  private void add(String word, List<Key> known) throws CtlException {
    int equals = word.indexOf('=');
    String label = equals < 0 ? word : word.substring(0, equals);
    Optional<Key> key = known.stream().filter(k -> k.label().equals(label)).findFirst();
    if (equals < 0 || key.isEmpty()) {
      throw CtlException.usage("\"" + word + "\" is not known here; known: " + forms(known));
    }
    if (values.containsKey(label)) {
      throw CtlException.usage(label + " is given twice");
    }
    values.put(label, key.get().read(word.substring(equals + 1)));
  }

  private static String forms(List<Key> known) {
    return known.stream().map(key -> key.label() + "=…").collect(Collectors.joining(", "));
  }

  Optional<String> text(Key key) {
    return Optional.ofNullable(values.getString(key.label()));
  }

  /** All of them but some, for a body. */
  JsonObject without(Key... left) {
    JsonObject rest = values.copy();
    Arrays.stream(left).forEach(key -> rest.remove(key.label()));
    return rest;
  }

  /** All of them for a body, where what stands before the dot of a key is a table. */
  JsonObject tables() {
    JsonObject body = new JsonObject();
    values.forEach(value -> put(body, value.getKey(), value.getValue()));
    return body;
  }

  private static void put(JsonObject body, String label, Object value) {
    int dot = label.indexOf('.');
    if (dot < 0) {
      body.put(label, value);
    } else {
      String table = label.substring(0, dot);
      JsonObject inner = body.getJsonObject(table, new JsonObject());
      body.put(table, inner.put(label.substring(dot + 1), value));
    }
  }

  /** Those of them that were given, as the query of a path; empty when none was. */
  String query(Key... keys) {
    String more = moreQuery(keys);
    return more.isEmpty() ? "" : "?" + more.substring(1);
  }

  /** The same behind a query that there is. */
  String moreQuery(Key... keys) {
    return Arrays.stream(keys)
        .filter(key -> values.containsKey(key.label()))
        .map(key -> "&" + key.label() + "=" + Request.encode(value(key)))
        .collect(Collectors.joining());
  }

  private String value(Key key) {
    return String.valueOf(values.getValue(key.label()));
  }
}
