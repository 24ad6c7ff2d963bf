package io.loble.upstream;

import io.loble.model.Backend;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the proxies are told to do with the connections of some backends, as a JSON message: each
 * order has a proxy look through all of its connections, so many backends are told of together.
 * Orders stay on the node that gives them.
 */
public sealed interface ConnectionOrder {

  /** Event-bus address that every proxy listens on. */
  String ADDRESS = "loble.connections";

  /** A backend that is meant, as it was when its connections began. */
  record Target(String pool, String backend, String address) {

    /** A backend of a pool. */
    public static Target of(String pool, Backend backend) {
      return new Target(pool, backend.name(), backend.address().toString());
    }
  }

  /** The backends that are meant; one or more. */
  Set<Target> targets();

  /** Whether a backend of a pool is meant. */
  default boolean concerns(String pool, Backend backend) {
    return targets().contains(Target.of(pool, backend));
  }

  /**
   * Close those that have not ended by themselves after that time. Published, to all proxies.
   *
   * @param millis 0 for at once
   */
  record CloseWithin(Set<Target> targets, long millis) implements ConnectionOrder {

    public CloseWithin {
      targets = Set.copyOf(targets);
    }
  }

  /** Forget every {@link CloseWithin}. Published, to all proxies. */
  record Keep(Set<Target> targets) implements ConnectionOrder {

    public Keep {
      targets = Set.copyOf(targets);
    }
  }

  /**
   * Close some that are quiet, the longest-lived first. Sent, to one proxy after another, which
   * replies how many it has closed.
   *
   * @param atMost how many
   * @param idleMillis for how long nothing may have moved on them
   */
  record CloseQuiet(Target target, int atMost, long idleMillis) implements ConnectionOrder {

    @Override
    public Set<Target> targets() {
      return Set.of(target);
    }
  }

  /** How orders are delivered. */
  static DeliveryOptions delivery() {
    return new DeliveryOptions().setLocalOnly(true);
  }

  /** The message. */
  default JsonObject toJson() {
    JsonArray meant = new JsonArray();
    targets().forEach(target -> meant.add(json(target)));
    JsonObject json = new JsonObject().put("targets", meant);
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

  private static JsonObject json(Target target) {
    return new JsonObject()
        .put("pool", target.pool())
        .put("backend", target.backend())
        .put("address", target.address());
  }

  /**
   * Reads a message.
   *
   * @throws IllegalArgumentException when it is none of ours
   */
  static ConnectionOrder fromJson(JsonObject json) {
    Set<Target> targets =
        json.getJsonArray("targets", new JsonArray()).stream()
            .map(each -> target((JsonObject) each))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    String order = json.getString("order", "");
    return switch (order) {
      case "close_within" -> new CloseWithin(targets, json.getLong("ms", 0L));
      case "close_quiet" ->
          new CloseQuiet(
              targets.iterator().next(),
              json.getInteger("at_most", 0),
              json.getLong("idle_ms", 0L));
      case "keep" -> new Keep(targets);
      default -> throw new IllegalArgumentException("no order is called " + order);
    };
  }

  private static Target target(JsonObject json) {
    return new Target(
        json.getString("pool", ""), json.getString("backend", ""), json.getString("address", ""));
  }
}
