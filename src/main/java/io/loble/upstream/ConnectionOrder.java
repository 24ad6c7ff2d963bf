package io.loble.upstream;

import io.loble.model.Backend;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;

/**
 * What the proxies are told to do with the connections of one backend, as a JSON message. Orders
 * stay on the node that gives them.
 */
public sealed interface ConnectionOrder {

  /** Event-bus address that every proxy listens on. */
  String ADDRESS = "loble.connections";

  /** The backend that is meant, as it was when its connections began. */
  record Target(String pool, String backend, String address) {

    /** Whether it is that backend of that pool which is meant. */
    public boolean is(String poolName, Backend other) {
      return pool.equals(poolName)
          && backend.equals(other.name())
          && address.equals(other.address().toString());
    }
  }

  Target target();

  /**
   * Close those that have not ended by themselves after that time. Published, to all proxies.
   *
   * @param millis 0 for at once
   */
  record CloseWithin(Target target, long millis) implements ConnectionOrder {}

  /** Forget every {@link CloseWithin}. Published, to all proxies. */
  record Keep(Target target) implements ConnectionOrder {}

  /**
   * Close some that are quiet, the longest-lived first. Sent, to one proxy after another, which
   * replies how many it has closed.
   *
   * @param atMost how many
   * @param idleMillis for how long nothing may have moved on them
   */
  record CloseQuiet(Target target, int atMost, long idleMillis) implements ConnectionOrder {}

  /** How orders are delivered. */
  static DeliveryOptions delivery() {
    return new DeliveryOptions().setLocalOnly(true);
  }

  /** The message. */
  default JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("pool", target().pool())
            .put("backend", target().backend())
            .put("address", target().address());
    if (this instanceof CloseWithin close) {
      return json.put("order", "close_within").put("ms", close.millis());
    }
    if (this instanceof CloseQuiet quiet) {
      return json.put("order", "close_quiet")
          .put("at_most", quiet.atMost())
          .put("idle_ms", quiet.idleMillis());
    }
    return json.put("order", "keep");
  }

  /**
   * Reads a message.
   *
   * @throws IllegalArgumentException when it is none of ours
   */
  static ConnectionOrder fromJson(JsonObject json) {
    Target target =
        new Target(
            json.getString("pool", ""),
            json.getString("backend", ""),
            json.getString("address", ""));
    String order = json.getString("order", "");
    return switch (order) {
      case "close_within" -> new CloseWithin(target, json.getLong("ms", 0L));
      case "close_quiet" ->
          new CloseQuiet(target, json.getInteger("at_most", 0), json.getLong("idle_ms", 0L));
      case "keep" -> new Keep(target);
      default -> throw new IllegalArgumentException("no order is called " + order);
    };
  }
}
