package io.loble.config.diff;

import io.loble.config.BackendConfig;
import io.loble.config.ListenerConfig;
import io.loble.config.PoolConfig;
import io.loble.config.diff.ConfigStep.Action;
import io.loble.config.diff.ConfigStep.Kind;
import io.loble.config.keys.LobleKeys;
import io.loble.config.keys.PoolKeys;
import io.loble.config.keys.Secrets;
import io.loble.config.read.Section;
import io.loble.config.read.SettingChange;
import io.loble.model.BackendMode;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes a difference apart; in the words, {@code +} added, {@code -} removed, {@code ~} changed.
 */
final class ConfigSteps {

  private final List<ConfigStep> steps = new ArrayList<>();

  private ConfigSteps() {}

  static List<ConfigStep> of(ConfigDiff diff) {
    ConfigSteps all = new ConfigSteps();
    diff.settings().forEach(all::setting);
    all.items(LISTENERS, diff.listeners(), null);
    diff.poolsAdded().forEach(all::poolAdded);
    diff.poolsRemoved().forEach(all::poolRemoved);
    diff.poolsChanged().forEach(all::poolChanged);
    return List.copyOf(all.steps);
  }

  /** How things of one kind are written. */
  private record Items<T>(
      Kind kind, Section<T> section, Function<T, String> name, Function<T, String> shown) {}

  private static final Items<ListenerConfig> LISTENERS =
      new Items<>(
          Kind.LISTENER, LobleKeys.LISTENER, ListenerConfig::name, ConfigSteps::shownListener);
  private static final Items<BackendConfig> BACKENDS =
      new Items<>(Kind.BACKEND, PoolKeys.BACKEND, BackendConfig::name, ConfigSteps::shownBackend);

  private void setting(SettingChange change) {
    steps.add(
        new ConfigStep(
            Action.CHANGE,
            Kind.SETTING,
            null,
            null,
            change.key(),
            change.before(),
            change.after(),
            "~ " + change));
  }

  private void poolAdded(PoolConfig pool) {
    String text = "+ " + shownPool(pool);
    steps.add(pool(Action.ADD, pool.name(), null, null, shown(pool), text));
  }

  private void poolRemoved(PoolConfig pool) {
    String text = "- " + shownPool(pool);
    steps.add(pool(Action.REMOVE, pool.name(), null, shown(pool), null, text));
  }

  private static JsonObject shown(PoolConfig pool) {
    return Secrets.hiddenInPool(PoolKeys.POOL.write(pool));
  }

  private void poolChanged(PoolDiff diff) {
    String prefix = "~ pool " + diff.pool() + ": ";
    for (SettingChange each : diff.settings()) {
      SettingChange change = Secrets.hiddenInPool(each);
      steps.add(
          pool(
              Action.CHANGE,
              diff.pool(),
              change.key(),
              change.before(),
              change.after(),
              prefix + change));
    }
    items(BACKENDS, diff.backends(), diff.pool());
  }

  private static ConfigStep pool(
      Action action,
      String name,
      @Nullable String key,
      @Nullable Object before,
      @Nullable Object after,
      String text) {
    return new ConfigStep(action, Kind.POOL, name, name, key, before, after, text);
  }

  private <T> void items(Items<T> items, ItemChanges<T> changes, @Nullable String pool) {
    String kind = (pool == null ? "" : "pool " + pool + ": ") + items.kind().label() + ' ';
    for (T item : changes.added()) {
      String text = "+ " + kind + items.shown().apply(item);
      Object after = items.section().write(item);
      steps.add(step(Action.ADD, items, pool, items.name().apply(item), null, null, after, text));
    }
    for (T item : changes.removed()) {
      String text = "- " + kind + items.shown().apply(item);
      Object before = items.section().write(item);
      steps.add(
          step(Action.REMOVE, items, pool, items.name().apply(item), null, before, null, text));
    }
    changes.changed().forEach(change -> changed(items, change, pool, kind));
    if (!changes.order().isEmpty()) {
      String order = String.join(", ", changes.order());
      steps.add(
          step(
              Action.CHANGE,
              items,
              pool,
              null,
              "order",
              null,
              order,
              "~ " + kind + "order: " + order));
    }
  }

  private <T> void changed(
      Items<T> items, ItemChanges.Change<T> change, @Nullable String pool, String kind) {
    List<SettingChange> settings = new ArrayList<>();
    items.section().compare("", change.before(), change.after(), settings);
    String name = items.name().apply(change.after());
    for (SettingChange setting : settings) {
      String text = "~ " + kind + name + ": " + setting;
      steps.add(
          step(
              Action.CHANGE,
              items,
              pool,
              name,
              setting.key(),
              setting.before(),
              setting.after(),
              text));
    }
  }

  private static ConfigStep step(
      Action action,
      Items<?> items,
      @Nullable String pool,
      @Nullable String name,
      @Nullable String key,
      @Nullable Object before,
      @Nullable Object after,
      String text) {
    return new ConfigStep(action, items.kind(), pool, name, key, before, after, text);
  }

  private static String shownListener(ListenerConfig listener) {
    String shared = listener.reusePort() ? ", shares its port" : "";
    String pool = listener.pool().isEmpty() ? ", no pool" : ", pool " + listener.pool();
    int routes = listener.front().routes().size();
    String routed = routes == 0 ? "" : ", " + routes + (routes == 1 ? " route" : " routes");
    return listener.name() + " on " + listener.address() + pool + routed + shared;
  }

  private static String shownBackend(BackendConfig backend) {
    String address = backend.address().toString();
    String name = backend.name().equals(address) ? "" : backend.name() + " at ";
    String state = backend.mode() == BackendMode.READY ? "" : ", " + backend.mode().label();
    return name + address + ", weight " + backend.weight() + state;
  }

  private static String shownPool(PoolConfig pool) {
    int count = pool.backends().size();
    String backends = count + (count == 1 ? " backend" : " backends");
    return "pool " + pool.name() + ", " + pool.algorithm().label() + ", " + backends;
  }
}
