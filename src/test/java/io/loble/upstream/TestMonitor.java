package io.loble.upstream;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.loble.config.LobleConfig;
import io.loble.model.Backend;
import io.loble.model.BackendState;
import io.loble.model.Pool;
import io.loble.model.Snapshot;
import io.loble.upstream.health.OutcomeReporter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A health monitor on a Vert.x of its own, and all that it says to the rest of the process. */
public final class TestMonitor implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final SnapshotStore store = new SnapshotStore(vertx);
  private final HealthMonitor monitor = new HealthMonitor(vertx, new SplittableRandom(1));
  private final OutcomeReporter reporter = new OutcomeReporter(vertx);
  private final List<Long> announced = new CopyOnWriteArrayList<>();
  private final List<JsonObject> events = new CopyOnWriteArrayList<>();
  private final List<ConnectionOrder> orders = new CopyOnWriteArrayList<>();
  private final Log log = new Log();

  private TestMonitor() {
    vertx
        .eventBus()
        .<JsonObject>localConsumer(
            SnapshotStore.ADDRESS, m -> announced.add(m.body().getLong("version", -1L)));
    vertx.eventBus().<JsonObject>localConsumer(Events.ADDRESS, m -> events.add(m.body()));
    vertx
        .eventBus()
        .<JsonObject>localConsumer(
            ConnectionOrder.ADDRESS, m -> orders.add(ConnectionOrder.fromJson(m.body())));
  }

  /** Keeps what health logs. */
  private static final class Log extends AppenderBase<ILoggingEvent> {

    private final Logger logger = (Logger) LoggerFactory.getLogger("loble.health");
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Log() {
      logger.setLevel(Level.INFO);
      logger.addAppender(this);
      start();
    }

    @Override
    protected void append(ILoggingEvent event) {
      lines.add(event.getFormattedMessage());
    }

    void end() {
      logger.detachAppender(this);
      logger.setLevel(null);
    }
  }

  static TestMonitor start(TestConfig config) {
    return start(config.build(), new TestMonitor());
  }

  /** A monitor that finds the snapshot which proxies have made from that configuration. */
  static TestMonitor startAfterProxies(TestConfig config) {
    TestMonitor started = new TestMonitor();
    started.store.initialize(Snapshots.initial(config.build()));
    return start(config.build(), started);
  }

  private static TestMonitor start(LobleConfig config, TestMonitor test) {
    test.onContext(() -> test.monitor.start(config));
    return test;
  }

  void apply(TestConfig config) {
    LobleConfig built = config.build();
    onContext(() -> monitor.apply(built, null));
  }

  void closeWithin(String name, @Nullable Duration time) {
    onContext(() -> monitor.closeWithin(TestConfig.POOL, name, time));
  }

  void stop() {
    onContext(monitor::stop);
  }

  /** Waits until health has acted on every outcome that was reported so far. */
  private void settle() {
    onContext(() -> {});
  }

  private void onContext(Runnable action) {
    Promise<Void> ran = Promise.promise();
    context.runOnContext(
        v -> {
          action.run();
          ran.complete();
        });
    done(ran.future());
  }

  public static <T> T done(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  void fail(String name, int times) {
    Backend backend = backend(name);
    report(r -> r.failure(TestConfig.POOL, backend, false, "refused"), times);
  }

  void report(Consumer<OutcomeReporter> report, int times) {
    onContext(
        () -> {
          for (int i = 0; i < times; i++) {
            report.accept(reporter);
          }
        });
    settle();
  }

  void succeed(String name, boolean trial) {
    report(r -> r.success(TestConfig.POOL, backend(name), trial), 1);
  }

  void idle(String name) {
    report(r -> r.idle(TestConfig.POOL, backend(name)), 1);
  }

  Snapshot snapshot() {
    Snapshot snapshot = store.current();
    if (snapshot == null) {
      throw new AssertionError("no snapshot was published");
    }
    return snapshot;
  }

  Pool pool() {
    Pool pool = snapshot().pool(TestConfig.POOL);
    if (pool == null) {
      throw new AssertionError("no pool in " + snapshot());
    }
    return pool;
  }

  Backend backend(String name) {
    return pool().backends().stream()
        .filter(b -> b.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not in " + snapshot()));
  }

  BackendState state(String name) {
    return backend(name).state();
  }

  void awaitState(String name, BackendState state) {
    await().atMost(20, SECONDS).until(() -> state(name) == state);
  }

  /** The versions that were announced. */
  List<Long> announced() {
    return announced;
  }

  List<JsonObject> events() {
    return events;
  }

  /** What the proxies were told to do. */
  List<ConnectionOrder> orders() {
    return orders;
  }

  List<String> logLines() {
    return log.lines;
  }

  @Override
  public void close() {
    log.end();
    done(vertx.close());
  }
}
