package io.loble.control;

import io.loble.config.LobleConfig;
import io.loble.model.Snapshot;
import io.loble.proxy.ListenerRegistry;
import io.loble.tls.EngineChoice;
import io.loble.upstream.SnapshotStore;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says which engine TLS is done by, where there is any. */
public final class TlsUse {

  private TlsUse() {}

  /** Chooses the engine where a configuration needs one, which may block for a library. */
  public static void prepare(LobleConfig config) {
    boolean decrypts = config.listeners().stream().anyMatch(listener -> listener.tls().isOn());
    boolean encrypts =
        config.pools().values().stream().anyMatch(pool -> pool.outbound().tls().enabled());
    if (decrypts || encrypts) {
      EngineChoice.get();
    }
  }

  /** The engine, if any listener or pool has TLS and the engine was chosen; loads nothing. */
  static Optional<String> engine(Vertx vertx) {
    return engine(new ListenerRegistry(vertx).entries(), new SnapshotStore(vertx).current());
  }

  /** The same of these. */
  static Optional<String> engine(
      List<ListenerRegistry.Entry> listeners, @Nullable Snapshot snapshot) {
    boolean decrypts = listeners.stream().anyMatch(listener -> listener.config().tls().isOn());
    return decrypts || (snapshot != null && encrypts(snapshot))
        ? EngineChoice.known().map(EngineChoice::text)
        : Optional.empty();
  }

  private static boolean encrypts(Snapshot snapshot) {
    return snapshot.pools().values().stream().anyMatch(pool -> pool.outbound().tls().enabled());
  }
}
