package io.loble.testbed;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
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
 * @param rejectedBy the same by reason
 * @param pools in the order of the configuration
 * @param backends of all pools, in the order of the configuration
 */
public record BalancerFigures(
    long active,
    long accepted,
    long rejected,
    Map<String, Long> rejectedBy,
    List<PoolFigures> pools,
    List<BackendFigures> backends) {

  public BalancerFigures {
    rejectedBy = Map.copyOf(rejectedBy);
    pools = List.copyOf(pools);
    backends = List.copyOf(backends);
  }

  /** Reads the JSON of the status. */
  public static BalancerFigures of(JsonObject status) {
    JsonArray listeners = status.getJsonArray("listeners");
    return new BalancerFigures(
        sum(listeners, "active"),
        sum(listeners, "accepted"),
        sum(listeners, "rejected"),
        rejectedBy(listeners),
        objects(status.getJsonArray("pools")).map(PoolFigures::of).toList(),
        objects(status.getJsonArray("pools")).flatMap(BalancerFigures::backends).toList());
  }

  /** The pool of that name, if there is one. */
  public Optional<PoolFigures> pool(String name) {
    return pools.stream().filter(pool -> pool.name().equals(name)).findFirst();
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

  private static Map<String, Long> rejectedBy(JsonArray listeners) {
    return objects(listeners)
        .flatMap(listener -> listener.getJsonObject("rejected_by").stream())
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, count -> ((Number) count.getValue()).longValue(), Long::sum));
  }

  private static long sum(JsonArray listeners, String key) {
    return objects(listeners).mapToLong(listener -> listener.getLong(key)).sum();
  }

  private static Stream<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast);
  }
}
