package io.loble.proxy;

import io.loble.config.Limits;
import io.loble.config.LobleConfig;
import io.loble.net.DeadlineWheel;
import io.loble.net.Descriptors;
import io.loble.net.LoopLoad;
import io.loble.net.ProcessLimit;
import io.loble.net.Transport;
import io.loble.net.channel.ChannelTransport;
import io.loble.net.epoll.EpollTransport;
import io.loble.upstream.SnapshotStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The data plane of one event loop: its listeners and their sessions. Belongs to the context it is
 * started on: every method is called there.
 */
public final class Proxy {

  /** A client's handshake may take that long: a packet of it may get lost and be sent again. */
  private static final long HANDSHAKE_MILLIS = 3_000;

  private static final long SECOND_MILLIS = 1_000;

  private final Vertx vertx;
  private final SessionRegistry sessions;
  private final LoopEnvironment loop;
  private final RequestServer requests;
  private final Listeners listeners;
  private final ProxyLoops loops;
  private final List<MessageConsumer<JsonObject>> consumers = new ArrayList<>();
  private Duration shutdownDelay;
  private @Nullable ProxyLoop running;

  /**
   * @param requests makes what answers requests, where a listener speaks HTTP
   */
  public Proxy(Vertx vertx, LobleConfig config, RequestServer.Factory requests) {
    this(vertx, config, requests, StreamKinds.FASTEST);
  }

  Proxy(Vertx vertx, LobleConfig config, RequestServer.Factory requests, StreamKinds kinds) {
    this.vertx = vertx;
    LoopLoad load = new LoopLoad();
    RandomGenerator random = new SplittableRandom();
    this.sessions = new SessionRegistry(load, random);
    this.loop =
        new LoopEnvironment(
            vertx,
            sessions.wheel(),
            kinds,
            transport(vertx, kinds, load, sessions),
            random,
            LoopSettings.of(config));
    this.requests = requests.on(loop);
    this.listeners =
        new Listeners(
            vertx,
            loop,
            sessions.drain(),
            listener -> new Accepting(loop, sessions, this.requests, listener),
            random);
    this.loops = new ProxyLoops(vertx);
    this.shutdownDelay = config.shutdown().delay();
    setLimits(config.limits());
  }

  private static Transport transport(
      Vertx vertx, StreamKinds kinds, LoopLoad load, SessionRegistry sessions) {
    return EpollTransport.isUnder(vertx)
        ? new EpollTransport(vertx, kinds.tuning(), load, sessions::abort)
        : new ChannelTransport(vertx);
  }

  private void setLimits(Limits limits) {
    int connections = limits.maxConnections();
    loop.limit().setLimit(connections == 0 ? Descriptors.forConnections() : connections);
    loop.shedding().configure(limits, System.nanoTime());
    ProcessLimit.ofPipes(vertx).setLimit(Math.min(limits.maxPipes(), Descriptors.forPipes()));
  }

  /** Opens the listeners; fails when one of them cannot be opened. */
  public Future<Void> start(LobleConfig config) {
    Optional<String> fault = UnixSupport.fault(vertx, config);
    if (fault.isPresent()) {
      return Future.failedFuture(new ListenException(fault.get()));
    }
    consumers.add(new SnapshotStore(vertx).onChange(listeners::follow));
    consumers.add(ConnectionCommands.follow(vertx, sessions, requests));
    vertx.setPeriodic(DeadlineWheel.TICK_MILLIS, timer -> tick());
    vertx.setPeriodic(SECOND_MILLIS, timer -> everySecond());
    running = loops.add(this::newLoop);
    return listeners
        .apply(config.listeners(), config.timeouts().drain().toMillis())
        .onFailure(cause -> leave());
  }

  private void tick() {
    loop.tick();
    requests.tick(loop.now());
  }

  private void everySecond() {
    listeners.tick();
    requests.everySecond();
    loop.backendTls().look(vertx, System.nanoTime());
  }

  private ProxyLoop newLoop(int number) {
    return new ProxyLoop(
        number, loop.clock(), new LiveSessions(sessions), vertx.getOrCreateContext());
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
    configure(LoopSettings.of(config));
    setLimits(config.limits());
    shutdownDelay = config.shutdown().delay();
    Duration grace = drain == null ? config.timeouts().drain() : drain;
    return listeners.apply(config.listeners(), grace.toMillis());
  }

  private void configure(LoopSettings settings) {
    boolean otherTimeouts = !settings.timeouts().equals(loop.timeouts());
    loop.configure(settings);
    if (otherTimeouts) {
      sessions.timeoutsChanged();
    }
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
    long millis = loop.timeouts().drain().toMillis();
    Future<Void> closed = listeners.close(millis);
    return sessions
        .drain()
        .all(millis)
        .compose(result -> closed.map(result))
        .onComplete(result -> leave());
  }

  private void leave() {
    if (running != null) {
      loops.remove(running);
      running = null;
    }
  }
}
