package io.loble.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Writes a difference for people: {@code +} added, {@code -} removed, {@code ~} changed. */
final class DiffLines {

  private final List<String> lines = new ArrayList<>();

  private DiffLines() {}

  static List<String> of(ConfigDiff diff) {
    DiffLines all = new DiffLines();
    diff.settings().forEach(change -> all.lines.add("~ " + change));
    all.items("listener ", diff.listeners(), LobleKeys.LISTENER, DiffLines::listener);
    diff.poolsAdded().forEach(pool -> all.lines.add("+ " + pool(pool)));
    diff.poolsRemoved().forEach(pool -> all.lines.add("- " + pool(pool)));
    diff.poolsChanged().forEach(all::pool);
    return List.copyOf(all.lines);
  }

  private void pool(PoolDiff diff) {
    String pool = "pool " + diff.pool() + ": ";
    diff.settings().forEach(change -> lines.add("~ " + pool + change));
    items(pool + "backend ", diff.backends(), PoolKeys.BACKEND, DiffLines::backend);
  }

  private <T> void items(
      String kind, ItemChanges<T> changes, Section<T> section, Function<T, String> shown) {
    changes.added().forEach(item -> lines.add("+ " + kind + shown.apply(item)));
    changes.removed().forEach(item -> lines.add("- " + kind + shown.apply(item)));
    for (ItemChanges.Change<T> change : changes.changed()) {
      List<SettingChange> settings = new ArrayList<>();
      section.compare("", change.before(), change.after(), settings);
      String name = section.write(change.after()).getString("name");
      settings.forEach(setting -> lines.add("~ " + kind + name + ": " + setting));
    }
    if (!changes.order().isEmpty()) {
      lines.add("~ " + kind + "order: " + String.join(", ", changes.order()));
    }
  }

  private static String listener(ListenerConfig listener) {
    return listener.name() + " on " + listener.address() + ", pool " + listener.pool();
  }

  private static String backend(BackendConfig backend) {
    String address = backend.address().toString();
    String name = backend.name().equals(address) ? "" : backend.name() + " at ";
    return name + address + ", weight " + backend.weight();
  }

  private static String pool(PoolConfig pool) {
    int count = pool.backends().size();
    String backends = count + (count == 1 ? " backend" : " backends");
    return "pool " + pool.name() + ", " + pool.algorithm().label() + ", " + backends;
  }
}
