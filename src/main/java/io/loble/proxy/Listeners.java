package io.loble.proxy;

import io.loble.config.ListenerConfig;
import io.loble.model.Address;
import io.loble.model.Snapshot;
import io.loble.net.Acceptor;
import io.loble.upstream.SnapshotStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of one event loop, and how they follow snapshots and configurations. Changes are
 * made one after another, in the order in which they were asked for.
 */
final class Listeners {

  private static final long ATTEMPT_MILLIS = 50;
  private static final int ATTEMPTS = 40;

  /** What closing a listening socket may take beyond its connections' time. */
  private static final long CLOSING_MILLIS = 1_000;

  private final Vertx vertx;
  private final LoopEnvironment loop;
  private final Drain drain;
  private final Function<ListenerState, Acceptor> acceptors;
  private final SnapshotStore store;
  private final ListenerRegistry registry;
  private final RandomGenerator random;
  private final List<Listener> open = new ArrayList<>();
  private final List<Promise<Void>> awaitingSnapshot = new ArrayList<>();
  private Future<Void> changes = Future.succeededFuture();
  private boolean closed;

  /**
   * @param drain ends the connections of a listener that is gone
   * @param acceptors makes what takes the clients of a listener in
   * @param random for the balancers
   */
  Listeners(
      Vertx vertx,
      LoopEnvironment loop,
      Drain drain,
      Function<ListenerState, Acceptor> acceptors,
      RandomGenerator random) {
    this.vertx = vertx;
    this.loop = loop;
    this.drain = drain;
    this.acceptors = acceptors;
    this.store = new SnapshotStore(vertx);
    this.registry = new ListenerRegistry(vertx);
    this.random = random;
  }

  /** From now on backends are chosen as this snapshot says. */
  void follow(Snapshot snapshot) {
    open.forEach(listener -> listener.follow(snapshot));
    List<Promise<Void>> waiting = List.copyOf(awaitingSnapshot);
    awaitingSnapshot.clear();
    waiting.forEach(Promise::complete);
  }

  /**
   * Opens what is new and closes what is gone. Where a listener cannot be opened, the one of its
   * name that was there before stays open, and the future fails with what was wrong.
   *
   * @param graceMillis how long connections of what is closed may last
   */
  Future<Void> apply(List<ListenerConfig> configs, long graceMillis) {
    Future<Void> change = changes.transform(before -> change(configs, graceMillis));
    changes = change;
    return change;
  }

  /** Whether another process takes over the clients of any of them from now on. */
  Future<Boolean> handOver() {
    List<Future<Boolean>> answers = open.stream().map(Listener::handOver).toList();
    return Future.join(answers).map(all -> answers.stream().anyMatch(Future::result));
  }

  /**
   * Closes all of them, and lets none be opened any more.
   *
   * @param graceMillis how long their connections may last
   */
  Future<Void> close(long graceMillis) {
    closed = true;
    long millis = graceMillis + CLOSING_MILLIS;
    return Future.join(open.stream().map(listener -> listener.close(millis)).toList()).mapEmpty();
  }

  private Future<Void> change(List<ListenerConfig> configs, long graceMillis) {
    if (closed) {
      return Future.succeededFuture();
    }
    List<Address> held = addressesOf(open);
    List<Listener> gone = open.stream().filter(listener -> !isNamed(listener, configs)).toList();
    gone.stream()
        .filter(listener -> isInTheWay(listener, configs))
        .forEach(listener -> retire(listener, graceMillis));
    return Future.join(configs.stream().map(c -> change(c, held, graceMillis)).toList())
        .<Void>mapEmpty()
        .onSuccess(done -> opened(configs, gone, graceMillis));
  }

  /** Only now, since where one cannot be opened all is to stay as it was. */
  private void opened(List<ListenerConfig> configs, List<Listener> gone, long graceMillis) {
    if (!closed) {
      gone.stream().filter(open::contains).forEach(listener -> retire(listener, graceMillis));
      forgetAllBut(configs);
    }
  }

  private static boolean isNamed(Listener listener, List<ListenerConfig> configs) {
    return configs.stream().anyMatch(config -> config.name().equals(listener.name()));
  }

  private static boolean isInTheWay(Listener listener, List<ListenerConfig> configs) {
    Address address = listener.config().address();
    return configs.stream().anyMatch(config -> config.address().mayClashWith(address));
  }

  private void forgetAllBut(List<ListenerConfig> configs) {
    registry.forgetAllBut(configs.stream().map(ListenerConfig::name).collect(Collectors.toSet()));
  }

  private static List<Address> addressesOf(List<Listener> listeners) {
    return listeners.stream().map(listener -> listener.config().address()).toList();
  }

  /**
   * @param held the addresses that were open before
   */
  private Future<Void> change(ListenerConfig config, List<Address> held, long graceMillis) {
    Listener before = find(config.name());
    if (before == null) {
      return openNew(config, held);
    }
    if (!before.config().address().equals(config.address())) {
      return replace(before, config, graceMillis);
    }
    return prepare(before.state(), config).compose(prepared -> change(before, config, graceMillis));
  }

  private Future<Void> change(Listener before, ListenerConfig config, long graceMillis) {
    if (!before.reconfigure(config)) {
      return replaceOnSamePort(before, config, graceMillis);
    }
    follow(before);
    return Future.succeededFuture();
  }

  /** A listener that is opened anew for this one, with v6only, lets its port go in a moment. */
  private Future<Void> openNew(ListenerConfig config, List<Address> held) {
    return held.stream().anyMatch(config.address()::mayClashWith)
        ? open(config).recover(inUse -> openSoon(config, ATTEMPTS))
        : open(config);
  }

  private Future<Void> replace(Listener before, ListenerConfig config, long graceMillis) {
    Future<Void> opened = open(config).onSuccess(none -> retire(before, graceMillis));
    // The same port on another address of this machine may be taken by what is to be replaced.
    return config.address().mayClashWith(before.config().address())
        ? opened.recover(inUse -> replaceOnSamePort(before, config, graceMillis))
        : opened;
  }

  private Future<Void> replaceOnSamePort(Listener before, ListenerConfig config, long graceMillis) {
    retire(before, graceMillis);
    return openSoon(config, ATTEMPTS)
        .recover(
            cause ->
                openSoon(before.config(), ATTEMPTS).transform(back -> Future.failedFuture(cause)));
  }

  /** Tries for a while: the port is free only when every event loop has let go of it. */
  private Future<Void> openSoon(ListenerConfig config, int attempts) {
    return vertx
        .timer(ATTEMPT_MILLIS, TimeUnit.MILLISECONDS)
        .compose(again -> open(config))
        .recover(
            cause -> attempts > 1 ? openSoon(config, attempts - 1) : Future.failedFuture(cause));
  }

  private Future<Void> open(ListenerConfig config) {
    ListenerState state =
        new ListenerState(
            config,
            registry.stats(config.name()),
            registry.gate(config.name()),
            registry.security(config.name()),
            store.current(),
            random);
    Listener listener = new Listener(loop, registry, state, acceptors.apply(state));
    return poolsAreKnown(config.pools())
        .compose(known -> prepare(state, config))
        .compose(prepared -> listener.open())
        .compose(none -> opened(listener));
  }

  /** What may take time, or fail, comes before anything changes. */
  private Future<Void> prepare(ListenerState state, ListenerConfig config) {
    return state
        .security()
        .configure(vertx, config.tls())
        .compose(secured -> state.gate().configure(vertx, config.limits()))
        .recover(
            cause ->
                Future.failedFuture(
                    new ListenException(
                        "listener '" + config.name() + "': " + cause.getMessage(), cause)));
  }

  /** What the listeners have to do about once per second. */
  void tick() {
    long now = System.nanoTime();
    open.forEach(listener -> listener.state().tick(vertx, now));
  }

  private Future<Void> opened(Listener listener) {
    if (closed) {
      return listener.close(0);
    }
    open.add(listener);
    // A snapshot may have come while the listener was being opened.
    follow(listener);
    return Future.succeededFuture();
  }

  /** A new pool's snapshot may be on its way still, and its clients should not be turned away. */
  private Future<Void> poolsAreKnown(Set<String> pools) {
    Snapshot snapshot = store.current();
    if (snapshot != null && pools.stream().allMatch(pool -> snapshot.pool(pool) != null)) {
      return Future.succeededFuture();
    }
    Promise<Void> next = Promise.promise();
    awaitingSnapshot.add(next);
    return next.future().compose(none -> poolsAreKnown(pools));
  }

  private void retire(Listener listener, long millis) {
    open.remove(listener);
    // Longer than the sessions need: what Vert.x closes itself would not be counted rightly. First,
    // since clients that wait in the kernel are still taken in.
    listener.close(millis + CLOSING_MILLIS);
    ListenerState state = listener.state();
    drain.cutSpread(session -> session.record().listener() == state, millis);
  }

  private void follow(Listener listener) {
    Snapshot snapshot = store.current();
    if (snapshot != null) {
      listener.follow(snapshot);
    }
  }

  private @Nullable Listener find(String name) {
    return open.stream().filter(l -> l.name().equals(name)).findFirst().orElse(null);
  }
}
