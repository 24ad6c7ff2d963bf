package io.loble.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** The configuration of a balancer with one HTTP listener, for tests to vary. */
final class HttpConf {

  private final Map<String, Integer> backends = new LinkedHashMap<>();
  private final Map<String, String> ofBackends = new LinkedHashMap<>();
  private final StringBuilder listener = new StringBuilder();
  private final StringBuilder tables = new StringBuilder();
  private final StringBuilder pool = new StringBuilder();

  /** One whose pool has these backends: {@code a}, {@code b} and so on. */
  static HttpConf to(Origin... origins) {
    HttpConf conf = new HttpConf();
    for (Origin origin : origins) {
      conf.backend(String.valueOf((char) ('a' + conf.backends.size())), origin.port());
    }
    return conf;
  }

  HttpConf backend(String name, int port) {
    backends.put(name, port);
    return this;
  }

  /** More keys of a backend. */
  HttpConf backend(String name, String keys) {
    ofBackends.put(name, keys);
    return this;
  }

  /** Keys of the listener, and its tables behind them. */
  HttpConf listener(String keys) {
    listener.append(keys).append('\n');
    return this;
  }

  /** Keys of the pool. */
  HttpConf pool(String keys) {
    pool.append(keys).append('\n');
    return this;
  }

  /** Any other tables. */
  HttpConf tables(String toml) {
    tables.append(toml).append('\n');
    return this;
  }

  String toml() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        [[listeners]]
        name = "web"
        address = "127.0.0.1:0"
        mode = "http"
        pool = "web"
        """);
    text.append(listener);
    text.append(
        """
        [admin]
        address = "127.0.0.1:0"
        [health]
        failure_threshold = 1000
        active = { enabled = false }
        [pools.web]
        retry_budget = 1.0
        """);
    text.append(pool);
    backends.forEach(
        (name, port) ->
            text.append("[[pools.web.backends]]\nname = \"" + name + "\"\n")
                .append("address = \"127.0.0.1:" + port + "\"\n")
                .append(ofBackends.getOrDefault(name, ""))
                .append('\n'));
    return text.append(tables).toString();
  }
}
