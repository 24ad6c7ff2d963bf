package io.loble.scenario;

import io.loble.scenario.ModelConfig.Backend;
import io.loble.scenario.ModelConfig.Listener;
import io.loble.scenario.ModelConfig.Pool;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What leads from one model to another, each step as {@code action kind pool/name key}. */
final class ModelDifferences {

  private static final String ADD = "add";
  private static final String REMOVE = "remove";

  private final Set<String> steps = new TreeSet<>();

  private ModelDifferences() {}

  static Set<String> between(ModelConfig before, ModelConfig after) {
    ModelDifferences all = new ModelDifferences();
    all.compare("setting", null, null, before.settings(), after.settings());
    all.items("listener", null, before.listeners(), after.listeners(), ModelDifferences::fields);
    all.items("pool", null, before.pools(), after.pools(), ModelDifferences::fields);
    before
        .pools()
        .forEach(
            (name, pool) -> {
              Pool now = after.pools().get(name);
              if (now != null) {
                Function<Backend, Map<String, String>> fields = ModelDifferences::fields;
                all.items("backend", name, pool.backends(), now.backends(), fields);
              }
            });
    return all.steps;
  }

  /** The same of what a balancer tells, without orders, which the model does not know. */
  static Set<String> told(JsonArray steps) {
    Set<String> told = new TreeSet<>();
    for (Object each : steps) {
      JsonObject step = (JsonObject) each;
      String key = step.getString("key");
      if (!"order".equals(key)) {
        String kind = step.getString("kind");
        String pool = kind.equals("pool") ? null : step.getString("pool");
        told.add(step(step.getString("action"), kind, pool, step.getString("name"), key));
      }
    }
    return told;
  }

  private <T> void items(
      String kind,
      @Nullable String pool,
      Map<String, T> before,
      Map<String, T> after,
      Function<T, Map<String, String>> fields) {
    before.forEach(
        (name, item) -> {
          T now = after.get(name);
          if (now == null) {
            steps.add(step(REMOVE, kind, pool, name, null));
          } else {
            compare(kind, pool, name, fields.apply(item), fields.apply(now));
          }
        });
    after.keySet().stream()
        .filter(name -> !before.containsKey(name))
        .forEach(name -> steps.add(step(ADD, kind, pool, name, null)));
  }

  private void compare(
      String kind,
      @Nullable String pool,
      @Nullable String name,
      Map<String, String> before,
      Map<String, String> after) {
    before.forEach(
        (key, value) -> {
          if (!value.equals(after.get(key))) {
            steps.add(step("change", kind, pool, name, key));
          }
        });
  }

  private static Map<String, String> fields(Listener listener) {
    return Map.of("address", listener.address(), "pool", listener.pool());
  }

  private static Map<String, String> fields(Pool pool) {
    return Map.of("algorithm", pool.algorithm(), "retries", Integer.toString(pool.retries()));
  }

  private static Map<String, String> fields(Backend backend) {
    return new TreeMap<>(
        Map.of(
            "address", backend.address(),
            "weight", Integer.toString(backend.weight()),
            "max_connections", Integer.toString(backend.maxConnections()),
            "state", backend.state()));
  }

  private static String step(
      String action,
      String kind,
      @Nullable String pool,
      @Nullable String name,
      @Nullable String key) {
    return action
        + ' '
        + kind
        + ' '
        + Objects.requireNonNullElse(pool, "-")
        + '/'
        + Objects.requireNonNullElse(name, "-")
        + ' '
        + Objects.requireNonNullElse(key, "-");
  }
}
