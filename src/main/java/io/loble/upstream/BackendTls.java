package io.loble.upstream;

import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.config.source.PoolTlsFiles;
import io.loble.context.SharedFuture;
import io.loble.context.VertxLocal;
import io.loble.model.Pool;
import io.loble.model.PoolTls;
import io.loble.tls.ClientTls;
import io.loble.tls.EngineChoice;
import io.loble.tls.HandshakeStats;
import io.loble.tls.UsedCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards the backends of all pools of a Vert.x instance: what encrypts connections as a pool
 * says, for clients and for probes, made once for all pools that say the same. Files are followed.
 * May be used from any thread.
 */
public final class BackendTls {

  private static final VertxLocal<BackendTls> LOCAL = VertxLocal.of("backend-tls", BackendTls::new);

  private final ConcurrentMap<PoolTls, Entry> entries = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, HandshakeStats> stats = new ConcurrentHashMap<>();

  private BackendTls() {}

  /** That of a Vert.x instance. */
  public static BackendTls of(Vertx vertx) {
    return LOCAL.get(vertx);
  }

  /** What encrypts connections by one set of settings. */
  private static final class Entry {
    private final Future<Entry> ready;
    private volatile @Nullable ClientTls client;
    private volatile @Nullable FollowedFiles<PoolTlsFiles> followed;

    Entry(Vertx vertx, String pool, PoolTls settings) {
      this.ready = vertx.executeBlocking(() -> load(pool, settings), false);
    }

    /** Blocks. */
    private Entry load(String pool, PoolTls settings) throws IOException {
      PoolTlsFiles read = PoolTlsFiles.read(settings);
      use(read);
      followed = new FollowedFiles<>("pool " + pool, read, PoolTlsFiles::again, this::use);
      return this;
    }

    private String use(PoolTlsFiles read) throws IOException {
      client = new ClientTls(EngineChoice.get().engine(), read.settings());
      return "new connections to its backends use what they hold now";
    }

    ClientTls client() {
      ClientTls now = client;
      if (now == null) {
        throw new IllegalStateException("not loaded");
      }
      return now;
    }
  }

  /**
   * What encrypts connections to the backends of a pool.
   *
   * @param pool for the log
   * @param settings with TLS enabled
   * @return completes on the caller's context, at once when it has been asked for before; fails
   *     when a file cannot be used
   */
  public Future<ClientTls> client(Vertx vertx, String pool, PoolTls settings) {
    Entry known = entries.get(settings);
    Entry entry = known == null ? load(vertx, pool, settings) : known;
    return SharedFuture.here(vertx, entry.ready).map(Entry::client);
  }

  private Entry load(Vertx vertx, String pool, PoolTls settings) {
    Entry entry = entries.computeIfAbsent(settings, unknown -> new Entry(vertx, pool, settings));
    entry.ready.onFailure(cause -> entries.remove(settings, entry));
    return entry;
  }

  /**
   * Loads all that a configuration's pools need.
   *
   * @return fails with what is wrong, and with which pool
   */
  Future<Void> prepare(Vertx vertx, LobleConfig config) {
    return Future.join(
            config.pools().values().stream()
                .filter(pool -> pool.outbound().tls().enabled())
                .map(pool -> prepare(vertx, pool))
                .toList())
        .mapEmpty();
  }

  private Future<ClientTls> prepare(Vertx vertx, PoolConfig pool) {
    return client(vertx, pool.name(), pool.outbound().tls())
        .recover(
            cause ->
                Future.failedFuture(
                    new IOException("pool '" + pool.name() + "': " + cause.getMessage(), cause)));
  }

  /** Forgets what none of these pools uses. */
  void keepOnly(Collection<Pool> pools) {
    entries
        .keySet()
        .retainAll(pools.stream().map(pool -> pool.outbound().tls()).collect(Collectors.toSet()));
    stats.keySet().retainAll(pools.stream().map(Pool::name).collect(Collectors.toSet()));
  }

  /** The handshakes with the backends of a pool. */
  public HandshakeStats stats(String pool) {
    HandshakeStats known = stats.get(pool);
    return known == null ? stats.computeIfAbsent(pool, unknown -> new HandshakeStats()) : known;
  }

  /**
   * The certificate that backends which ask for one are shown by these settings; empty for none,
   * and before the first connection.
   */
  public Optional<UsedCertificate> certificate(PoolTls settings) {
    return Optional.ofNullable(entries.get(settings))
        .map(entry -> entry.client)
        .flatMap(ClientTls::certificate);
  }

  /** Why the files of these settings cannot be used now, so that their previous contents hold. */
  public Optional<String> trouble(PoolTls settings) {
    return Optional.ofNullable(entries.get(settings))
        .map(entry -> entry.followed)
        .flatMap(FollowedFiles::trouble);
  }

  /** Looks whether files have changed, where that is due. */
  public void look(Vertx vertx, long nowNanos) {
    for (Map.Entry<PoolTls, Entry> entry : entries.entrySet()) {
      FollowedFiles<PoolTlsFiles> files = entry.getValue().followed;
      if (files != null) {
        files.look(vertx, nowNanos);
      }
    }
  }
}
