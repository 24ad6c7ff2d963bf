package io.loble.testbed;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a balancer's status says at some moment, in short.
 *
 * @param active connections open now, on all listeners
 * @param accepted connections that were accepted since the start
 * @param rejected connections of these that no backend was found for
 * @param backends of all pools, in the order of the configuration
 */
public record BalancerFigures(
    long active, long accepted, long rejected, List<BackendFigures> backends) {

  public BalancerFigures {
    backends = List.copyOf(backends);
  }

  /** Reads the JSON of the status. */
  public static BalancerFigures of(JsonObject status) {
    JsonArray listeners = status.getJsonArray("listeners");
    return new BalancerFigures(
        sum(listeners, "active"),
        sum(listeners, "accepted"),
        sum(listeners, "rejected"),
        objects(status.getJsonArray("pools")).flatMap(BalancerFigures::backends).toList());
  }

  /** The backend of that name, in whatever pool, if there is one. */
  public Optional<BackendFigures> find(String name) {
    return backends.stream().filter(backend -> backend.name().equals(name)).findFirst();
  }

  /**
   * The backend of that name, in whatever pool.
   *
   * @throws NoSuchElementException naming those there are
   */
  public BackendFigures backend(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "no backend \"" + name + "\"; there are " + names(backends)));
  }

  private static String names(List<BackendFigures> backends) {
    return backends.stream().map(BackendFigures::name).collect(Collectors.joining(", "));
  }

  private static Stream<BackendFigures> backends(JsonObject pool) {
    return objects(pool.getJsonArray("backends"))
        .map(backend -> BackendFigures.of(pool.getString("name"), backend));
  }

  private static long sum(JsonArray listeners, String key) {
    return objects(listeners).mapToLong(listener -> listener.getLong(key)).sum();
  }

  private static Stream<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast);
  }
}
