package io.loble.config.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds values against JSON Schemas (draft 2020-12), as far as those of this project go: a keyword
 * that it does not know is an error of the schema. A validator from a library would bring another
 * JSON codec, and then nothing here would be tested as it is shipped.
 */
public final class SchemaCheck {

  private static final Set<String> ANNOTATIONS =
      Set.of("$schema", "title", "summary", "description", "default", "format");

  private final JsonObject document;
  private final boolean strict;
  private final List<String> errors = new ArrayList<>();

  private SchemaCheck(JsonObject document, boolean strict) {
    this.document = document;
    this.strict = strict;
  }

  /** What is wrong with a value; empty when nothing is. */
  public static List<String> errors(JsonObject schema, @Nullable Object value) {
    SchemaCheck check = new SchemaCheck(schema, false);
    check.check(schema, value, "");
    return check.errors;
  }

  /**
   * The same where every member of an object must be described.
   *
   * @param document what references in the schema lead into
   */
  public static List<String> strictErrors(
      JsonObject document, JsonObject schema, @Nullable Object value) {
    SchemaCheck check = new SchemaCheck(document, true);
    check.check(schema, value, "");
    return check.errors;
  }

  /** What a reference such as {@code #/components/schemas/Pool} leads to. */
  public static JsonObject resolved(JsonObject document, String reference) {
    JsonObject found = document;
    for (String part : reference.replaceFirst("^#/", "").split("/", -1)) {
      if (!(found.getValue(part) instanceof JsonObject next)) {
        throw new AssertionError("nothing is at " + reference);
      }
      found = next;
    }
    return found;
  }

  private void check(JsonObject schema, @Nullable Object value, String at) {
    for (Map.Entry<String, Object> keyword : schema) {
      check(keyword.getKey(), keyword.getValue(), schema, value, at);
    }
  }

  private void check(
      String keyword, Object wanted, JsonObject schema, @Nullable Object value, String at) {
    switch (keyword) {
      case "$ref" -> check(resolved(document, (String) wanted), value, at);
      case "type" -> expect(isOfType(wanted, value), at, "is no " + wanted, value);
      case "enum" ->
          expect(((JsonArray) wanted).contains(value), at, "is none of " + wanted, value);
      case "minimum" ->
          expect(
              !(value instanceof Number n) || n.doubleValue() >= number(wanted),
              at,
              "is below " + wanted,
              value);
      case "maximum" ->
          expect(
              !(value instanceof Number n) || n.doubleValue() <= number(wanted),
              at,
              "is above " + wanted,
              value);
      case "minLength" ->
          expect(
              !(value instanceof String s) || length(s) >= number(wanted),
              at,
              "is shorter than " + wanted,
              value);
      case "maxLength" ->
          expect(
              !(value instanceof String s) || length(s) <= number(wanted),
              at,
              "is longer than " + wanted,
              value);
      case "pattern" ->
          expect(
              !(value instanceof String s) || Pattern.compile((String) wanted).matcher(s).find(),
              at,
              "does not match " + wanted,
              value);
      case "anyOf" ->
          expect(anyOf((JsonArray) wanted, value), at, "is nothing of " + wanted, value);
      case "required" -> required((JsonArray) wanted, value, at);
      case "items" -> items((JsonObject) wanted, value, at);
      case "propertyNames" -> names((JsonObject) wanted, value, at);
      case "properties" -> properties((JsonObject) wanted, schema, value, at);
      case "additionalProperties" -> {} // With properties.
      default -> {
        if (!ANNOTATIONS.contains(keyword)) {
          throw new AssertionError(at + ": the keyword " + keyword + " is not known here");
        }
      }
    }
  }

  private void expect(boolean fulfilled, String at, String fault, @Nullable Object value) {
    if (!fulfilled) {
      errors.add("%s: %s %s".formatted(at, value, fault));
    }
  }

  private boolean anyOf(JsonArray schemas, @Nullable Object value) {
    return schemas.stream()
        .anyMatch(schema -> strictErrors(document, (JsonObject) schema, value).isEmpty());
  }

  private void required(JsonArray names, @Nullable Object value, String at) {
    if (value instanceof JsonObject object) {
      names.forEach(name -> expect(object.containsKey((String) name), at, "lacks " + name, value));
    }
  }

  private void items(JsonObject schema, @Nullable Object value, String at) {
    if (value instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        check(schema, array.getValue(i), at + "[" + i + "]");
      }
    }
  }

  private void names(JsonObject schema, @Nullable Object value, String at) {
    if (value instanceof JsonObject object) {
      object.fieldNames().forEach(name -> check(schema, name, at + "." + name));
    }
  }

  private void properties(JsonObject known, JsonObject schema, @Nullable Object value, String at) {
    if (!(value instanceof JsonObject object)) {
      return;
    }
    Object further = schema.getValue("additionalProperties", !strict);
    for (String name : object.fieldNames()) {
      String there = at + "." + name;
      if (known.getValue(name) instanceof JsonObject property) {
        check(property, object.getValue(name), there);
      } else if (further instanceof JsonObject other) {
        check(other, object.getValue(name), there);
      } else {
        expect(Boolean.TRUE.equals(further), there, "is not described", object.getValue(name));
      }
    }
  }

  private static boolean isOfType(Object wanted, @Nullable Object value) {
    return wanted instanceof JsonArray several
        ? several.stream().anyMatch(type -> isOfType(type, value))
        : switch ((String) wanted) {
          case "object" -> value instanceof JsonObject;
          case "array" -> value instanceof JsonArray;
          case "string" -> value instanceof String;
          case "boolean" -> value instanceof Boolean;
          case "null" -> value == null;
          case "number" -> value instanceof Number;
          case "integer" ->
              value instanceof Number n && n.doubleValue() == Math.rint(n.doubleValue());
          default -> throw new AssertionError("no type is called " + wanted);
        };
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }
}
