package io.loble.config.keys;

import io.loble.config.PoolConfig;
import io.loble.config.diff.ConfigDiff;
import io.loble.config.read.Codec;
import io.loble.config.read.Names;
import io.loble.config.read.Node;
import io.loble.config.read.Problems;
import io.loble.config.read.Section;
import io.loble.config.read.SettingChange;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of pools, whose keys are their names. */
record PoolMap(Section<PoolConfig> pool) implements Codec<Map<String, PoolConfig>> {

  @Override
  public Optional<Map<String, PoolConfig>> read(
      Node node, @Nullable Map<String, PoolConfig> base, Problems problems) {
    if (!(node instanceof Node.Table table)) {
      problems.unexpected(node, "a table of pools, such as [pools.web]");
      return Optional.empty();
    }
    Map<String, PoolConfig> pools = new LinkedHashMap<>();
    table.children().forEach((name, child) -> readPool(name, child, pools, problems));
    return Optional.of(pools);
  }

  @Override
  public JsonObject write(Map<String, PoolConfig> pools) {
    JsonObject json = new JsonObject();
    pools.forEach((name, config) -> json.put(name, pool.write(config)));
    return json;
  }

  /** Pools come and go as a whole: {@link ConfigDiff} compares them. */
  @Override
  public void compare(
      String key,
      Map<String, PoolConfig> before,
      Map<String, PoolConfig> after,
      List<SettingChange> changes) {}

  @Override
  public void describe(String key, @Nullable Map<String, PoolConfig> fallback, KeyVisitor visitor) {
    pool.describe(key + ".NAME", null, visitor);
  }

  private void readPool(String name, Node node, Map<String, PoolConfig> pools, Problems problems) {
    if (name.isBlank()) {
      problems.add(node.place(), "a pool needs a name, such as [pools.web]");
    } else if (!Names.isUsable(name)) {
      problems.add(node.place(), "a pool's name is " + Names.RULE);
    }
    pool.read(node, null, problems).ifPresent(config -> pools.put(name, config.named(name)));
  }
}
