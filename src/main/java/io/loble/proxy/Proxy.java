package io.loble.proxy;

import io.loble.config.ListenerConfig;
import io.loble.config.LobleConfig;
import io.loble.health.SnapshotStore;
import io.loble.model.Snapshot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data plane of one event loop: its listeners and their sessions. Belongs to the context it is
 * started on: every method is called there.
 */
public final class Proxy {

  private static final Logger log = LoggerFactory.getLogger("loble.proxy");

  private final Vertx vertx;
  private final SnapshotStore store;
  private final RandomGenerator random = new SplittableRandom();
  private final Worker worker;
  private final List<Listener> listeners = new ArrayList<>();
  private @Nullable MessageConsumer<JsonObject> announcements;

  public Proxy(Vertx vertx, LobleConfig config) {
    this.vertx = vertx;
    this.store = new SnapshotStore(vertx);
    this.worker = new Worker(vertx, config.timeouts(), config.logging().access());
    worker.limit().setLimit(config.limits().maxConnections());
  }

  /**
   * How a drain went.
   *
   * @param drained connections that ended by themselves
   * @param cut connections that were closed when the time was up
   */
  public record DrainResult(int drained, int cut) {}

  /** Opens the listeners; fails when one of them cannot be opened. */
  public Future<Void> start(List<ListenerConfig> configs) {
    announcements = store.onChange(this::follow);
    vertx.setPeriodic(DeadlineWheel.TICK_MILLIS, timer -> worker.tick());
    return Future.join(configs.stream().map(this::open).toList()).mapEmpty();
  }

  /**
   * Takes over a configuration. New listeners are opened before old ones are closed; one that
   * cannot be opened is logged and left out. Connections of a closed listener get {@code
   * timeouts.drain} to finish; all others go on untouched.
   */
  public void apply(LobleConfig config) {
    worker.configure(config.timeouts(), config.logging().access());
    worker.limit().setLimit(config.limits().maxConnections());
    List<ListenerConfig> added = new ArrayList<>(config.listeners());
    List<Listener> removed = new ArrayList<>();
    for (Listener listener : listeners) {
      ListenerConfig kept = find(config.listeners(), listener.config());
      if (kept == null) {
        removed.add(listener);
      } else {
        added.remove(kept);
        listener.reconfigure(kept);
        listener.follow(store.current(), random);
      }
    }
    added.forEach(
        listener ->
            open(listener).onFailure(cause -> log.error("[config] {}", cause.getMessage())));
    removed.forEach(this::retire);
  }

  private static @Nullable ListenerConfig find(List<ListenerConfig> configs, ListenerConfig open) {
    return configs.stream()
        .filter(c -> c.name().equals(open.name()) && c.address().equals(open.address()))
        .findFirst()
        .orElse(null);
  }

  private void retire(Listener listener) {
    listeners.remove(listener);
    listener
        .close(worker.timeouts().drain().toMillis())
        .onFailure(cause -> log.warn("[config] listener {} did not close", listener.name(), cause));
  }

  private Future<Void> open(ListenerConfig config) {
    Listener listener = new Listener(vertx, worker, config, store.current(), random);
    return listener
        .open()
        .onSuccess(
            none -> {
              listeners.add(listener);
              // A snapshot may have come while the listener was being opened.
              listener.follow(store.current(), random);
            });
  }

  private void follow(Snapshot snapshot) {
    listeners.forEach(listener -> listener.follow(snapshot, random));
  }

  /**
   * Closes the listeners, lets the open connections finish, and cuts what is left at the end of
   * {@code timeouts.drain}, spread over the last fifth of it.
   */
  public Future<DrainResult> drain() {
    if (announcements != null) {
      announcements.unregister();
    }
    long millis = worker.timeouts().drain().toMillis();
    Future<Void> closed =
        Future.join(listeners.stream().map(l -> l.close(millis + 1_000)).toList()).mapEmpty();
    return worker
        .drain(millis)
        .future()
        .compose(none -> closed)
        .map(none -> new DrainResult(worker.finished(), worker.cut()));
  }
}
