package io.loble.proxy;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.loble.config.LobleConfig;
import io.loble.http.RequestLoop;
import io.loble.model.Backend;
import io.loble.model.HostPort;
import io.loble.model.ListenerStats;
import io.loble.model.Snapshot;
import io.loble.net.ProcessLimit;
import io.loble.upstream.EjectionOrder;
import io.loble.upstream.HealthMonitor;
import io.loble.upstream.SnapshotStore;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.awaitility.core.ConditionFactory;

/** A balancer in this process: two event loops, one health monitor, one listener. */
final class TestProxy implements AutoCloseable {

  private final Vertx vertx;
  private final List<Proxy> proxies = new CopyOnWriteArrayList<>();
  private final List<Context> contexts = new CopyOnWriteArrayList<>();

  private final StreamKinds kinds;

  private TestProxy(Vertx vertx, StreamKinds kinds) {
    this.vertx = vertx;
    this.kinds = kinds;
  }

  static TestProxy start(RelayMode mode, TestConfig config) {
    return start(mode.transport(), mode.kinds(), config);
  }

  static TestProxy start(Transport transport, StreamKinds kinds, TestConfig config) {
    TestProxy proxy = new TestProxy(Vertx.builder().withTransport(transport).build(), kinds);
    proxy.deploy(config.build());
    return proxy;
  }

  private void deploy(LobleConfig config) {
    done(vertx.deployVerticle(new HealthVerticle(config)));
    done(
        vertx.deployVerticle(
            () -> new ProxyVerticle(config), new DeploymentOptions().setInstances(2)));
  }

  private Function<LobleConfig, Future<Void>> pools = none -> Future.succeededFuture();

  private final class HealthVerticle extends VerticleBase {
    private final LobleConfig config;

    HealthVerticle(LobleConfig config) {
      this.config = config;
    }

    @Override
    public Future<?> start() {
      HealthMonitor started = new HealthMonitor(vertx, new SplittableRandom(1));
      started.start(config);
      pools =
          next ->
              on(
                  context,
                  () -> {
                    started.apply(next, null);
                    return Future.succeededFuture();
                  });
      return Future.succeededFuture();
    }
  }

  private final class ProxyVerticle extends VerticleBase {
    private final LobleConfig config;

    ProxyVerticle(LobleConfig config) {
      this.config = config;
    }

    @Override
    public Future<?> start() {
      Proxy proxy = new Proxy(vertx, config, RequestLoop::new, kinds);
      proxies.add(proxy);
      contexts.add(context);
      return proxy.start(config);
    }
  }

  int port() {
    return ((HostPort) new ListenerRegistry(vertx).entries().get(0).address()).port();
  }

  Vertx vertx() {
    return vertx;
  }

  Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 10_000);
    return socket;
  }

  /** From an address of this machine, and so as another client. */
  Socket connectFrom(String address) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(20_000);
    socket.bind(new InetSocketAddress(address, 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 10_000);
    return socket;
  }

  /** Has both event loops take over what holds for their listener; the pools stay. */
  Future<?> apply(TestConfig config) {
    LobleConfig built = config.build();
    List<Future<Void>> results = new CopyOnWriteArrayList<>();
    for (int i = 0; i < proxies.size(); i++) {
      Proxy proxy = proxies.get(i);
      results.add(on(contexts.get(i), () -> proxy.apply(built, null)));
    }
    return Future.all(results);
  }

  /** Has health take over the pools. */
  void applyToPools(TestConfig config) {
    done(pools.apply(config.build()));
  }

  /** Has a backend of the default pool ejected, for as long as it would be for what it does. */
  void eject(String backend) {
    order(new EjectionOrder.Eject("default", backend, null));
  }

  /** Has its ejection ended. */
  void readmit(String backend) {
    order(new EjectionOrder.Readmit("default", backend));
  }

  private void order(EjectionOrder order) {
    done(vertx.eventBus().request(EjectionOrder.ADDRESS, order.toJson()));
  }

  /** Runs something on every event loop. */
  void onEachLoop(Runnable action) {
    contexts.forEach(context -> context.runOnContext(here -> action.run()));
  }

  ListenerGate gate() {
    return new ListenerRegistry(vertx).gate("default");
  }

  ListenerStats listener() {
    return new ListenerRegistry(vertx).stats("default");
  }

  Snapshot snapshot() {
    Snapshot snapshot = new SnapshotStore(vertx).current();
    if (snapshot == null) {
      throw new AssertionError("no snapshot was published");
    }
    return snapshot;
  }

  Backend backend(int index) {
    return snapshot().pools().values().iterator().next().backends().get(index);
  }

  /** The first backend of a pool. */
  Backend backend(String pool) {
    return requireNonNull(snapshot().pool(pool)).backends().get(0);
  }

  /** Drains both event loops and returns the sum of their results. */
  Future<DrainResult> drain() {
    List<Future<DrainResult>> results = new CopyOnWriteArrayList<>();
    for (int i = 0; i < proxies.size(); i++) {
      results.add(on(contexts.get(i), proxies.get(i)::drain));
    }
    return Future.join(results)
        .map(
            all ->
                new DrainResult(
                    results.stream().mapToInt(r -> r.result().drained()).sum(),
                    results.stream().mapToInt(r -> r.result().cut()).sum()));
  }

  private static <T> Future<T> on(Context context, Supplier<Future<T>> action) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(v -> action.get().onComplete(promise));
    return promise.future();
  }

  /** Waits until every connection has ended and was counted out, and nothing lingers. */
  void awaitIdle() {
    awaitCountedOut();
    soon().until(() -> ProcessLimit.ofConnections(vertx).held() == 0);
  }

  /** Waits until every connection was counted out, of the listener and of its backend. */
  void awaitCountedOut() {
    await().atMost(20, SECONDS).until(() -> listener().active() == 0);
    for (Backend backend : snapshot().pools().values().iterator().next().backends()) {
      soon().until(() -> backend.stats().admission().active() == 0);
    }
  }

  /** Looks at once: what ended a connection mostly has counted all of it. */
  private static ConditionFactory soon() {
    return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).atMost(20, SECONDS);
  }

  static <T> T done(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    done(vertx.close());
  }
}
