package io.loble.proxy;

import io.loble.config.Limits;
import io.loble.config.LobleConfig;
import io.loble.net.DeadlineWheel;
import io.loble.net.Descriptors;
import io.loble.net.ProcessLimit;
import io.loble.upstream.SnapshotStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The data plane of one event loop: its listeners and their sessions. Belongs to the context it is
 * started on: every method is called there.
 */
public final class Proxy {

  /** What closing a listening socket may take beyond its connections' time. */
  static final long CLOSING_MILLIS = 1_000;

  /** A client's handshake may take that long: a packet of it may get lost and be sent again. */
  private static final long HANDSHAKE_MILLIS = 3_000;

  private final Vertx vertx;
  private final Worker worker;
  private final Listeners listeners;
  private final ProxyLoops loops;
  private final List<MessageConsumer<JsonObject>> consumers = new ArrayList<>();
  private Duration shutdownDelay;
  private @Nullable ProxyLoop loop;

  public Proxy(Vertx vertx, LobleConfig config) {
    this(vertx, config, StreamKinds.FASTEST);
  }

  Proxy(Vertx vertx, LobleConfig config, StreamKinds kinds) {
    this.vertx = vertx;
    this.worker = new Worker(vertx, config.timeouts(), config.logging().access(), kinds);
    this.loops = new ProxyLoops(vertx);
    this.listeners = new Listeners(vertx, worker, new SplittableRandom());
    this.shutdownDelay = config.shutdown().delay();
    setLimits(config.limits());
  }

  private void setLimits(Limits limits) {
    int connections = limits.maxConnections();
    worker.limit().setLimit(connections == 0 ? Descriptors.forConnections() : connections);
    ProcessLimit.ofPipes(vertx).setLimit(Math.min(limits.maxPipes(), Descriptors.forPipes()));
  }

  /**
   * How a drain went.
   *
   * @param drained connections that ended by themselves
   * @param cut connections that were closed when the time was up
   */
  public record DrainResult(int drained, int cut) {}

  /** Opens the listeners; fails when one of them cannot be opened. */
  public Future<Void> start(LobleConfig config) {
    consumers.add(new SnapshotStore(vertx).onChange(listeners::follow));
    consumers.add(Orders.follow(vertx, worker.sessions()));
    vertx.setPeriodic(DeadlineWheel.TICK_MILLIS, timer -> worker.tick());
    loop = loops.add(number -> new ProxyLoop(number, worker, vertx.getOrCreateContext()));
    return listeners
        .apply(config.listeners(), config.timeouts().drain().toMillis())
        .onFailure(cause -> leave());
  }

  /**
   * Takes over a configuration. New listeners are opened before those that they replace are closed.
   * Connections of a closed listener get some time to finish; all others go on untouched.
   *
   * @param drain how long that is; {@code timeouts.drain} when it is null
   * @return fails with what was wrong when a listener cannot be opened; the one of its name that
   *     was there before then stays open
   */
  public Future<Void> apply(LobleConfig config, @Nullable Duration drain) {
    worker.configure(config.timeouts(), config.logging().access());
    setLimits(config.limits());
    shutdownDelay = config.shutdown().delay();
    Duration grace = drain == null ? config.timeouts().drain() : drain;
    return listeners.apply(config.listeners(), grace.toMillis());
  }

  /**
   * Goes on accepting clients for {@code shutdown.delay}, and where another process takes over
   * until none can be on the way to this one any more. Then closes the listeners for good, lets the
   * open connections finish, and cuts what is left at the end of {@code timeouts.drain}, spread
   * over the last fifth of it.
   */
  public Future<DrainResult> drain() {
    return listeners
        .handOver()
        .compose(taken -> pause(Math.max(shutdownDelay.toMillis(), taken ? HANDSHAKE_MILLIS : 0)))
        .compose(none -> stopAccepting());
  }

  private Future<Void> pause(long millis) {
    return millis == 0
        ? Future.succeededFuture()
        : vertx.timer(millis, TimeUnit.MILLISECONDS).mapEmpty();
  }

  private Future<DrainResult> stopAccepting() {
    consumers.forEach(MessageConsumer::unregister);
    long millis = worker.timeouts().drain().toMillis();
    Future<Void> closed = listeners.close(millis + CLOSING_MILLIS);
    return worker
        .sessions()
        .drain(millis)
        .compose(result -> closed.map(result))
        .onComplete(result -> leave());
  }

  private void leave() {
    if (loop != null) {
      loops.remove(loop);
      loop = null;
    }
  }
}
