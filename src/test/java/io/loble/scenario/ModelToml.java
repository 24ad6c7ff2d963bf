package io.loble.scenario;

import io.loble.scenario.ModelConfig.Backend;
import io.loble.scenario.ModelConfig.Listener;
import io.loble.scenario.ModelConfig.Pool;
import java.util.Map;
import java.util.TreeMap;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** Writes a model as a configuration file, and reads one from the configuration in force. */
final class ModelToml {

  private ModelToml() {}

  /**
   * @param preamble what the model does not know, such as {@code [admin]}
   */
  static String write(String preamble, ModelConfig config) {
    StringBuilder toml = new StringBuilder();
    // Keys of the document itself must stand before its tables.
    config.settings().forEach((key, value) -> line(toml, key, '"' + value + '"'));
    toml.append(preamble);
    config.listeners().forEach((name, listener) -> listener(toml, name, listener));
    config.pools().forEach((name, pool) -> pool(toml, name, pool));
    return toml.toString();
  }

  private static void listener(StringBuilder toml, String name, Listener listener) {
    toml.append("[[listeners]]\n");
    line(toml, "name", '"' + name + '"');
    line(toml, "address", '"' + listener.address() + '"');
    line(toml, "pool", '"' + listener.pool() + '"');
  }

  private static void pool(StringBuilder toml, String name, Pool pool) {
    toml.append("[pools.").append(name).append("]\n");
    line(toml, "algorithm", '"' + pool.algorithm() + '"');
    line(toml, "retries", pool.retries());
    pool.backends().forEach((own, backend) -> backend(toml, name, own, backend));
  }

  private static void backend(StringBuilder toml, String pool, String name, Backend backend) {
    toml.append("[[pools.").append(pool).append(".backends]]\n");
    line(toml, "name", '"' + name + '"');
    line(toml, "address", '"' + backend.address() + '"');
    line(toml, "weight", backend.weight());
    line(toml, "max_connections", backend.maxConnections());
    line(toml, "state", '"' + backend.state() + '"');
  }

  private static void line(StringBuilder toml, String key, Object value) {
    toml.append(key).append(" = ").append(value).append('\n');
  }

  /** Reads a file in which every value stands. */
  static ModelConfig read(String toml) {
    TomlTable document = Toml.parse(toml);
    Map<String, String> settings = new TreeMap<>();
    for (String key : Settings.KEYS) {
      settings.put(key, document.getString(key));
    }
    Map<String, Pool> pools = new TreeMap<>();
    TomlTable written = document.getTableOrEmpty("pools");
    written.keySet().forEach(name -> pools.put(name, pool(written.getTableOrEmpty(name))));
    return new ModelConfig(settings, listeners(document), pools);
  }

  private static Map<String, Listener> listeners(TomlTable document) {
    Map<String, Listener> listeners = new TreeMap<>();
    TomlArray written = document.getArrayOrEmpty("listeners");
    for (int i = 0; i < written.size(); i++) {
      TomlTable table = written.getTable(i);
      listeners.put(
          table.getString("name"),
          new Listener(table.getString("address"), table.getString("pool")));
    }
    return listeners;
  }

  private static Pool pool(TomlTable table) {
    Map<String, Backend> backends = new TreeMap<>();
    TomlArray written = table.getArrayOrEmpty("backends");
    for (int i = 0; i < written.size(); i++) {
      TomlTable backend = written.getTable(i);
      backends.put(backend.getString("name"), backend(backend));
    }
    return new Pool(table.getString("algorithm"), number(table, "retries"), backends);
  }

  private static Backend backend(TomlTable table) {
    return new Backend(
        table.getString("address"),
        number(table, "weight"),
        number(table, "max_connections"),
        table.getString("state"));
  }

  private static int number(TomlTable table, String key) {
    return Math.toIntExact(table.getLong(key));
  }

  /** The settings that the model knows. */
  static final class Settings {
    static final String[] KEYS = {"timeouts.idle", "timeouts.drain"};

    private Settings() {}
  }
}
