package io.loble.control;

import io.loble.config.ConfigException;
import io.loble.config.ListenerConfig;
import io.loble.config.ListenerHttp;
import io.loble.config.ListenerTls;
import io.loble.config.LobleConfig;
import io.loble.config.keys.ConfigJson;
import io.loble.model.Algorithm;
import io.loble.model.Backend;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.HostPort;
import io.loble.model.ListenerStats;
import io.loble.model.Observation;
import io.loble.model.Outbound;
import io.loble.model.PickRules;
import io.loble.model.Pool;
import io.loble.model.PoolStats;
import io.loble.model.PoolTls;
import io.loble.model.Snapshot;
import io.loble.model.TcpSettings;
import io.loble.proxy.ListenerRegistry;
import io.loble.proxy.SampleSecurity;
import io.loble.tls.HandshakeStats;
import io.loble.upstream.BackendTls;
import io.loble.upstream.SnapshotStore;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A balancer of which nothing runs: snapshots and listeners as a test wants them. */
public final class SampleBalancer {

  private final Vertx vertx;
  private final Map<String, List<Backend>> pools = new LinkedHashMap<>();
  private final Map<String, Algorithm> algorithms = new LinkedHashMap<>();
  private final Map<String, PoolTls> encrypted = new HashMap<>();

  public SampleBalancer(Vertx vertx) {
    this.vertx = vertx;
  }

  /** A configuration that is valid, and matches nothing of the sample. */
  public static LobleConfig config() {
    JsonObject address = new JsonObject().put("address", "127.0.0.1:0");
    try {
      return ConfigJson.read(
          new JsonObject()
              .put("id", "lb-7")
              .put("listener", address)
              .put("pools", new JsonObject().put("default", new JsonObject())));
    } catch (ConfigException e) {
      throw new IllegalStateException(e);
    }
  }

  public SampleBalancer pool(String name, Algorithm algorithm) {
    pools.put(name, new ArrayList<>());
    algorithms.put(name, algorithm);
    return this;
  }

  /** Has connections to the backends of a pool be encrypted. */
  public HandshakeStats encrypt(String pool, PoolTls tls) {
    encrypted.put(pool, tls);
    BackendTls all = BackendTls.of(vertx);
    all.client(vertx, pool, tls).await();
    return all.stats(pool);
  }

  /** Adds a backend of weight 1 to a pool, or puts it in another state. */
  public BackendStats backend(String pool, String address, BackendState state) {
    return backend(pool, address, address, 1, state);
  }

  public BackendStats backend(
      String pool, String name, String address, int weight, BackendState state) {
    List<Backend> backends = pools.getOrDefault(pool, new ArrayList<>());
    backends.removeIf(b -> b.name().equals(name));
    Backend backend = new Backend(name, address(address), weight, 0, state, new BackendStats());
    backends.add(backend);
    return backend.stats();
  }

  /** Has a backend get new connections although it is out of rotation. */
  public void panic(String pool, String name) {
    pools
        .getOrDefault(pool, new ArrayList<>())
        .replaceAll(b -> b.name().equals(name) ? b.withShare(b.weight(), true) : b);
  }

  public void removeBackend(String pool, String name) {
    pools.getOrDefault(pool, new ArrayList<>()).removeIf(b -> b.name().equals(name));
  }

  /** Opens a listener as far as anybody can see. */
  public ListenerStats listener(String name, String address, String pool) {
    ListenerRegistry registry = new ListenerRegistry(vertx);
    HostPort bound = address(address);
    registry.opened(new ListenerConfig(name, bound, pool, false), bound);
    return registry.stats(name);
  }

  /** Opens one that decrypts its clients, as far as anybody can see. */
  public HandshakeStats listener(String name, String address, String pool, ListenerTls tls) {
    HostPort bound = address(address);
    ListenerConfig config = new ListenerConfig(name, bound, pool, false).withTls(tls);
    new ListenerRegistry(vertx).opened(config, bound);
    return SampleSecurity.load(vertx, name, tls);
  }

  /** Opens one that balances requests, as far as anybody can see. */
  public ListenerStats httpListener(String name, String address, String pool) {
    ListenerRegistry registry = new ListenerRegistry(vertx);
    HostPort bound = address(address);
    ListenerConfig config = new ListenerConfig(name, bound, pool, false);
    registry.opened(config.withHttp(ListenerHttp.ON), bound);
    return registry.stats(name);
  }

  public void removeListener(String name) {
    ListenerRegistry registry = new ListenerRegistry(vertx);
    registry.entries().stream()
        .filter(entry -> entry.name().equals(name))
        .forEach(entry -> registry.closed(name, entry.address()));
  }

  /** Makes what was said so far the current snapshot. */
  public void publish(long version) {
    Map<String, Pool> published = new LinkedHashMap<>();
    pools.forEach((name, backends) -> published.put(name, pool(name, backends)));
    new SnapshotStore(vertx).publish(new Snapshot(version, published));
  }

  /** What the cores share of a pool, as it was published last. */
  public PoolStats stats(String pool) {
    return Objects.requireNonNull(new RunningBalancer(vertx, "").snapshot().pool(pool)).stats();
  }

  private Pool pool(String name, List<Backend> backends) {
    Algorithm algorithm = algorithms.getOrDefault(name, Algorithm.ROUND_ROBIN);
    PoolTls tls = encrypted.getOrDefault(name, PoolTls.OFF);
    Outbound outbound = Outbound.PLAIN.withTls(tls);
    return new Pool(
        name,
        PickRules.of(algorithm, 1),
        Observation.of(false),
        TcpSettings.DEFAULT,
        backends,
        new PoolStats(),
        outbound);
  }

  private static HostPort address(String text) {
    return HostPort.parse(text).orElseThrow();
  }
}
