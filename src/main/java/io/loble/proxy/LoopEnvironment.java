package io.loble.proxy;

import io.loble.config.Timeouts;
import io.loble.model.Backend;
import io.loble.model.FreeRoom;
import io.loble.model.Pool;
import io.loble.net.DeadlineWheel;
import io.loble.net.ProcessLimit;
import io.loble.net.ReadPauses;
import io.loble.net.ShortageLog;
import io.loble.net.Transport;
import io.loble.net.Transports;
import io.loble.tls.ClientTls;
import io.loble.upstream.BackendTls;
import io.loble.upstream.SnapshotStore;
import io.loble.upstream.health.OutcomeReporter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What everything on one event loop of the data plane shares: its clock and timers, its transport,
 * its way to backends and to health, the limits of the process, and the settings in force. Knows
 * nothing of sessions. Called on that event loop, except where it says otherwise.
 */
public final class LoopEnvironment {

  private final Vertx vertx;
  private final Context context;
  private final DeadlineWheel<?> wheel;
  private final RandomGenerator random;
  private final String transportName;
  private final StreamKinds kinds;
  private final Transport transport;
  private final BackendTls backendTls;
  private final Connector connector;
  private final OutcomeReporter outcomes;
  private final SnapshotStore snapshots;
  private final ProcessLimit limit;
  private final ShortageLog shortages;
  private final OwnListeners ownListeners = new OwnListeners();
  private final ProxyHeaders headers = new ProxyHeaders();
  private final LoopClock clock = new LoopClock();
  private final Shedding shedding = new Shedding(new LiveHeap());
  private LoopSettings settings;
  private @Nullable ReadPauses pauses;

  /**
   * The environment of the context that this is called on.
   *
   * @param wheel the deadlines of this event loop, which count its ticks
   * @param kinds which kinds of streams connections have
   * @param random draws by how much a session ends earlier than its longest duration
   */
  LoopEnvironment(
      Vertx vertx,
      DeadlineWheel<?> wheel,
      StreamKinds kinds,
      Transport transport,
      RandomGenerator random,
      LoopSettings settings) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.wheel = wheel;
    this.random = random;
    this.kinds = kinds;
    this.transportName = Transports.nameOf(vertx);
    this.transport = transport;
    this.backendTls = BackendTls.of(vertx);
    this.connector = new Connector(vertx, transport, ownListeners);
    this.outcomes = new OutcomeReporter(vertx);
    this.snapshots = new SnapshotStore(vertx);
    this.limit = ProcessLimit.ofConnections(vertx);
    this.shortages = ShortageLog.of(vertx);
    this.settings = settings;
  }

  // Time.

  /** Brings the clock up to date, and acts on what has become due. */
  void tick() {
    long tick = clock.tick(now());
    shedding.look(clock.lagNanos(), System.nanoTime());
    wheel.advanceTo(tick);
    transport.tick(tick);
  }

  /** The current tick, of {@link DeadlineWheel#TICK_MILLIS}. */
  public long now() {
    return wheel.now();
  }

  /** The first tick at which so much time has surely passed, counted from now. */
  public long after(long millis) {
    return wheel.after(millis);
  }

  /** Calls back on this event loop, after what it is doing; may be called from any thread. */
  public void execute(Runnable task) {
    context.runOnContext(here -> task.run());
  }

  /** Calls back on this event loop after so many milliseconds, which need not be whole ticks. */
  public void executeAfter(long millis, Runnable task) {
    vertx.setTimer(millis, timer -> task.run());
  }

  /** The pauses of connections that have a bandwidth. */
  ReadPauses pauses() {
    ReadPauses known = pauses;
    if (known == null) {
      known = new ReadPauses(((ContextInternal) context).nettyEventLoop());
      pauses = known;
    }
    return known;
  }

  LoopClock clock() {
    return clock;
  }

  /**
   * A number by chance.
   *
   * @param most 0 or more
   * @return 0 to {@code most}, each as likely
   */
  long draw(long most) {
    return most == 0 ? 0 : random.nextLong(most + 1);
  }

  /** Vert.x, on whose context this is. */
  public Vertx vertx() {
    return vertx;
  }

  // Settings.

  /** Settings that hold from now on. */
  void configure(LoopSettings newSettings) {
    settings = newSettings;
  }

  public Timeouts timeouts() {
    return settings.timeouts();
  }

  /** Whether each connection that ends gets a line in the access log. */
  public boolean logsAccess() {
    return settings.logsAccess();
  }

  /** By which share of its longest duration a new session is to end earlier. */
  double durationJitter() {
    return random.nextDouble() * timeouts().maxDurationJitter();
  }

  // Sockets.

  /** Where streams come from. */
  Transport transport() {
    return transport;
  }

  /** Of which kinds they are. */
  StreamKinds kinds() {
    return kinds;
  }

  /** What encrypts connections to backends. */
  Future<ClientTls> clientTls(Pool pool) {
    return backendTls.client(vertx, pool.name(), pool.outbound().tls());
  }

  BackendTls backendTls() {
    return backendTls;
  }

  Connector connector() {
    return connector;
  }

  /** The name of the transport. */
  public String transportName() {
    return transportName;
  }

  /** What is said to backends of their clients. */
  ProxyHeaders headers() {
    return headers;
  }

  OwnListeners ownListeners() {
    return ownListeners;
  }

  ShortageLog shortages() {
    return shortages;
  }

  // What the whole process counts.

  /** How many client connections the process may have. */
  ProcessLimit limit() {
    return limit;
  }

  /** Whether new clients are refused since there is too much to do. */
  Shedding shedding() {
    return shedding;
  }

  OutcomeReporter outcomes() {
    return outcomes;
  }

  /** Gives a place on a backend back, to whoever waits for it. May be called from any thread. */
  void release(Pool pool, Backend backend) {
    if (backend.stats().admission().release()) {
      outcomes.idle(pool.name(), backend);
    }
    handOut(pool);
  }

  /** Gives those who wait what room the pool has as it is now. May be called from any thread. */
  void handOut(Pool pool) {
    if (pool.stats().room().isAwaited()) {
      FreeRoom.handOut(snapshots.pool(pool.name()));
    }
  }
}
