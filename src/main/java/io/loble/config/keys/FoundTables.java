package io.loble.config.keys;

import io.loble.config.FoundSettings;
import io.loble.config.read.Codec;
import io.loble.config.read.Names;
import io.loble.config.read.Node;
import io.loble.config.read.Problems;
import io.loble.config.read.Section;
import io.loble.config.read.SettingChange;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is set of backends that a pool has found, a table for each by its name. Each is replaced as
 * a whole, and goes with one that sets nothing; those that are not given stay.
 */
record FoundTables(Section<FoundSettings> found) implements Codec<Map<String, FoundSettings>> {

  @Override
  public Optional<Map<String, FoundSettings>> read(
      Node node, @Nullable Map<String, FoundSettings> base, Problems problems) {
    if (!(node instanceof Node.Table table)) {
      problems.unexpected(node, "a table of backends by their names");
      return Optional.empty();
    }
    Map<String, FoundSettings> settings = new LinkedHashMap<>(base == null ? Map.of() : base);
    table.children().forEach((name, child) -> readChild(name, child, settings, problems));
    return Optional.of(settings);
  }

  private void readChild(
      String name, Node node, Map<String, FoundSettings> settings, Problems problems) {
    if (name.isBlank() || !Names.isUsable(name)) {
      problems.add(node.place(), "a backend's name is not empty, and " + Names.RULE);
    }
    found
        .read(node, null, problems)
        .ifPresent(
            set -> {
              if (set.equals(FoundSettings.NONE)) {
                settings.remove(name);
              } else {
                settings.put(name, set);
              }
            });
  }

  @Override
  public JsonObject write(Map<String, FoundSettings> settings) {
    JsonObject json = new JsonObject();
    settings.forEach((name, set) -> json.put(name, found.write(set)));
    return json;
  }

  @Override
  public boolean isAbsent(Map<String, FoundSettings> settings) {
    return settings.isEmpty();
  }

  /** Names those only that differ, so that others keep what was set of them meanwhile. */
  @Override
  public void compare(
      String key,
      Map<String, FoundSettings> before,
      Map<String, FoundSettings> after,
      List<SettingChange> changes) {
    JsonObject was = new JsonObject();
    JsonObject is = new JsonObject();
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      FoundSettings one = before.getOrDefault(name, FoundSettings.NONE);
      FoundSettings other = after.getOrDefault(name, FoundSettings.NONE);
      if (!one.equals(other)) {
        was.put(name, found.write(one));
        is.put(name, found.write(other));
      }
    }
    if (!is.isEmpty()) {
      changes.add(new SettingChange(key, was, is));
    }
  }

  @Override
  public void describe(
      String key, @Nullable Map<String, FoundSettings> fallback, KeyVisitor visitor) {
    found.describe(key + ".NAME", null, visitor);
  }
}
