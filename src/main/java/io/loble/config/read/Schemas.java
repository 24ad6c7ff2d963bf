package io.loble.config.read;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * JSON Schemas of single values. They say no more than can be said without a pattern that is too
 * long to understand: what they let pass may still be refused, never the other way round.
 */
public final class Schemas {

  private static final String AMOUNT = "[0-9]{1,12}";
  private static final String MILLIS = "(" + AMOUNT + "ms)?";
  private static final String SECONDS = "(" + AMOUNT + "s)?" + MILLIS;
  private static final String MINUTES = "(" + AMOUNT + "m)?" + SECONDS;

  /** Without lookahead, which not every program that reads schemas has. */
  private static final String DURATION =
      "^(%1$sh%2$s|%1$sm%3$s|%1$ss%4$s|%1$sms)$".formatted(AMOUNT, MINUTES, SECONDS, MILLIS);

  private static final int MAX_NAME = 255;

  private Schemas() {}

  static JsonObject text() {
    return type("string");
  }

  static JsonObject bool() {
    return type("boolean");
  }

  public static JsonObject table() {
    return type("object");
  }

  static JsonObject integer() {
    return type("integer");
  }

  static JsonObject integer(int min, int max) {
    JsonObject schema = type("integer").put("minimum", min);
    return max == Integer.MAX_VALUE ? schema : schema.put("maximum", max);
  }

  static JsonObject number(double min, double max) {
    return type("number").put("minimum", min).put("maximum", max);
  }

  /** The same, or 0. */
  static JsonObject numberOrZero(double min, double max) {
    JsonArray either =
        new JsonArray()
            .add(new JsonObject().put("maximum", 0))
            .add(new JsonObject().put("minimum", min));
    return number(0, max).put("anyOf", either);
  }

  static JsonObject oneOf(List<String> values) {
    return text().put("enum", new JsonArray(values));
  }

  /** The same, in upper and lower case as one likes; offered in lower case. */
  static JsonObject oneOfInAnyCase(List<String> values) {
    return text()
        .put(
            "anyOf",
            new JsonArray()
                .add(new JsonObject().put("enum", new JsonArray(values)))
                .add(new JsonObject().put("pattern", inAnyCase(values))));
  }

  /** Without a flag, which patterns of JSON Schemas do not have. */
  private static String inAnyCase(List<String> values) {
    StringBuilder pattern = new StringBuilder("^(");
    for (char c : String.join("|", values).toCharArray()) {
      if (Character.isLowerCase(c)) {
        pattern.append('[').append(Character.toUpperCase(c)).append(c).append(']');
      } else {
        pattern.append(c);
      }
    }
    return pattern.append(")$").toString();
  }

  public static JsonObject name() {
    return text().put("minLength", 1).put("maxLength", MAX_NAME);
  }

  static JsonObject duration() {
    return text().put("pattern", DURATION);
  }

  static JsonObject address() {
    return text().put("pattern", "^(\\[[^\\[\\] ]+\\]|[^:\\[\\] ]+):[0-9]{1,5}$");
  }

  /** An address, or the path of a Unix socket. */
  static JsonObject addressOrPath() {
    return text().put("pattern", "^((\\[[^\\[\\] ]+\\]|[^:\\[\\] ]+):[0-9]{1,5}|unix:/.*[^/])$");
  }

  /** A mode of a file. */
  static JsonObject fileMode() {
    return text().put("pattern", "^0?[0-7]{3}$");
  }

  static JsonObject ip() {
    return text().put("pattern", "^[0-9a-fA-F:.]+$");
  }

  public static JsonObject path() {
    return text().put("pattern", "^/[^ ]*$");
  }

  /** A network, or an address. */
  static JsonObject network() {
    return text().put("pattern", "^[0-9A-Fa-f:.]{2,45}(/[0-9]{1,3})?$");
  }

  /** How often something may happen, or nothing. */
  static JsonObject rate() {
    return text().put("pattern", "^([0-9]{1,9}/[0-9]{0,6}(ms|s|m|h))?$");
  }

  /** A status code, or from one to another. */
  static JsonObject statusRange() {
    String code = "[1-5][0-9][0-9]";
    return new JsonObject()
        .put(
            "anyOf",
            new JsonArray()
                .add(type("integer").put("minimum", 100).put("maximum", 599))
                .add(text().put("pattern", "^%1$s(-%1$s)?$".formatted(code))));
  }

  private static JsonObject type(String name) {
    return new JsonObject().put("type", name);
  }
}
