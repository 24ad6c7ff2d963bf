package io.loble.scenario;

import io.loble.scenario.ModelConfig.Backend;
import io.loble.scenario.ModelConfig.Listener;
import io.loble.scenario.ModelConfig.Pool;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Files by chance: what the file said with some changes, or with a mistake. */
final class RandomFiles {

  private static final List<String> MISTAKES =
      List.of(
          "[[broken",
          "nonsense = 1",
          "[timeouts]\nidel = \"5m\"",
          "[[pools.default.backends]]\naddress = \"127.0.0.1:80\"\nweight = 257",
          "[[pools.default.backends]]\naddress = \"nowhere\"",
          "[[pools.default.backends]]\naddress = \"127.0.0.1:80\"\nname = \"s1\"",
          "[[listeners]]\nname = \"lost\"\naddress = \"127.0.0.1:0\"\npool = \"nowhere\"",
          "[pools.wrong]\nalgorithm = \"fastest\"",
          "[limits]\nmax_connections = -1");

  private final Names names;

  RandomFiles(Names names) {
    this.names = names;
  }

  /** Another valid file. */
  ModelConfig next(ModelConfig file) {
    ModelConfig next = file;
    int changes = 1 + names.below(4);
    for (int i = 0; i < changes || next.equals(file); i++) {
      ModelConfig changed = changed(next);
      next = changed.isValid() ? changed : next;
    }
    return next;
  }

  /** A file that cannot be used. */
  byte[] broken(String valid) {
    if (names.chance(10)) {
      return (valid + "# \u00e9").getBytes(StandardCharsets.ISO_8859_1);
    }
    return (valid + '\n' + names.one(MISTAKES) + '\n').getBytes(StandardCharsets.UTF_8);
  }

  private ModelConfig changed(ModelConfig file) {
    return switch (names.below(10)) {
      case 0, 1, 2 -> backendPut(file, pool(file));
      case 3, 4 -> backendRemoved(file, pool(file));
      case 5 -> poolPut(file);
      case 6 -> poolRemoved(file);
      case 7 -> file.withListener(names.listener(), new Listener(names.listening(), pool(file)));
      case 8 -> file.withListener(names.listener(), null);
      default -> settingChanged(file);
    };
  }

  private String pool(ModelConfig file) {
    return names.one(List.copyOf(file.pools().keySet()));
  }

  private ModelConfig backendPut(ModelConfig file, String poolName) {
    Pool pool = pool(file, poolName);
    String name = names.backend();
    Backend before = pool.backends().get(name);
    String address = before != null && names.chance(80) ? before.address() : names.target();
    Backend put = new Backend(address, 1 + names.below(10), names.below(3) * 50, names.state());
    return file.withPool(poolName, pool.with(name, put));
  }

  private ModelConfig backendRemoved(ModelConfig file, String poolName) {
    return file.withPool(poolName, pool(file, poolName).with(names.backend(), null));
  }

  private ModelConfig poolPut(ModelConfig file) {
    String name = names.chance(20) ? Names.POOL : "p" + (1 + names.below(4));
    Pool before = file.pools().get(name);
    Map<String, Backend> backends = before == null ? Map.of() : before.backends();
    return file.withPool(name, new Pool(names.algorithm(), names.below(4), backends));
  }

  private ModelConfig poolRemoved(ModelConfig file) {
    String name = "p" + (1 + names.below(4));
    return file.uses(name) ? file : file.withPool(name, null);
  }

  private ModelConfig settingChanged(ModelConfig file) {
    return names.chance(50)
        ? file.withSetting("timeouts.idle", 5 + names.below(3) + "m")
        : file.withSetting("timeouts.drain", names.one(List.of("200ms", "500ms", "1s")));
  }

  private static Pool pool(ModelConfig file, String name) {
    Pool pool = file.pools().get(name);
    if (pool == null) {
      throw new IllegalStateException("no pool " + name);
    }
    return pool;
  }
}
