package io.loble.control;

import io.loble.model.Snapshot;
import io.loble.net.ProcessLimit;
import io.loble.net.TransportAdvice;
import io.loble.net.Transports;
import io.loble.proxy.ListenerRegistry;
import io.loble.proxy.ProxyLoop;
import io.loble.proxy.ProxyLoops;
import io.loble.upstream.BackendTls;
import io.loble.upstream.SnapshotStore;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a Vert.x instance knows of the balancer that runs in it, from the places where its parts
 * keep it. May be used from any thread; every call reads the present.
 */
public final class RunningBalancer {

  private static final Snapshot NOTHING_YET = new Snapshot(0, Map.of());

  private final String id;
  private final String transport;
  private final @Nullable String transportAdvice;
  private final SnapshotStore snapshots;
  private final ListenerRegistry listeners;
  private final ProxyLoops loops;
  private final ProcessStatus process;
  private final ProcessLimit connections;
  private final BackendTls backendTls;

  /**
   * @param id what this process calls itself
   */
  public RunningBalancer(Vertx vertx, String id) {
    this.id = id;
    this.transport = Transports.nameOf(vertx);
    this.transportAdvice = TransportAdvice.of(vertx).orElse(null);
    this.snapshots = new SnapshotStore(vertx);
    this.listeners = new ListenerRegistry(vertx);
    this.loops = new ProxyLoops(vertx);
    this.process = ProcessStatus.of(vertx);
    this.connections = ProcessLimit.ofConnections(vertx);
    this.backendTls = BackendTls.of(vertx);
  }

  public String id() {
    return id;
  }

  /** {@code epoll}, {@code io_uring}, {@code kqueue} or {@code nio}. */
  public String transport() {
    return transport;
  }

  /** How there would be a faster transport; null where there is none. */
  @Nullable String transportAdvice() {
    return transportAdvice;
  }

  public ProcessStatus process() {
    return process;
  }

  /** The client connections of the process, and how many there may be. */
  public ProcessLimit connections() {
    return connections;
  }

  /** The current snapshot; one of version 0 without pools before the first was put. */
  public Snapshot snapshot() {
    Snapshot current = snapshots.current();
    return current == null ? NOTHING_YET : current;
  }

  /** The event loops that relay connections. */
  public List<ProxyLoop> loops() {
    return loops.all();
  }

  /** The open listeners, ordered by name. */
  public List<ListenerRegistry.Entry> listeners() {
    return listeners.entries();
  }

  /** TLS towards backends. */
  public BackendTls backendTls() {
    return backendTls;
  }
}
