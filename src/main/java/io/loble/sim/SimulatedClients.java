package io.loble.sim;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts clients at a steady rate and counts what becomes of them. Everything happens on the event
 * loop that creates it, or on one of its own; its methods may be called from any thread.
 *
 * <p>Several of them may be given the same {@link ClientStats}: together they then keep to the rate
 * and to the largest number of clients, and they count together.
 */
public final class SimulatedClients {

  private static final Logger LOG = LoggerFactory.getLogger(SimulatedClients.class);
  private static final long STOP_MILLIS = 1000;

  private final Vertx vertx;
  private final Context context;
  private final ClientSettings settings;
  private final ClientStats stats;
  private final SplittableRandom random;
  private final WeightedKinds kinds;
  private final Pace pace;
  private final NetClient client;
  private final Set<ClientSession> sessions = new HashSet<>();
  private final Promise<ClientReport> finished = Promise.promise();

  private long startNanos;
  private long due;
  private long nextStart = -1;
  private long end = -1;
  private boolean stopping;
  private boolean over;

  /** Clients by themselves, with the seed of the settings or a new one. */
  public SimulatedClients(Vertx vertx, ClientSettings settings) {
    this(vertx, settings, new ClientStats(seed(settings), 1));
  }

  private SimulatedClients(Vertx vertx, ClientSettings settings, ClientStats stats) {
    this(vertx, settings, stats, stats.nextRandom());
  }

  /**
   * Clients that count in the given object.
   *
   * @param random decides which clients there are and what they do; used on the event loop only
   */
  public SimulatedClients(
      Vertx vertx, ClientSettings settings, ClientStats stats, SplittableRandom random) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.settings = settings;
    this.stats = stats;
    this.random = random;
    this.kinds = new WeightedKinds(settings.weights());
    this.pace = new Pace(settings.rate() / stats.instances());
    this.client =
        vertx.createNetClient(new NetClientOptions().setConnectTimeout(connectMillis(settings)));
  }

  /** The seed of the settings, or a new one. */
  public static long seed(ClientSettings settings) {
    return settings.seed().orElseGet(() -> new SplittableRandom().nextLong());
  }

  private static int connectMillis(ClientSettings settings) {
    return (int) Math.min(Integer.MAX_VALUE, settings.timeout().toMillis());
  }

  /** Begins; to be called once. */
  public void start() {
    context.runOnContext(ignored -> begin());
  }

  /**
   * Starts no more clients and ends those there are: at once when they wait for nothing, after
   * their answer when one is due, after a second in any case. None of them counts as failed.
   *
   * @return the final report
   */
  public Future<ClientReport> stop() {
    context.runOnContext(ignored -> end());
    return finished();
  }

  /** The final report, once the duration is over or it was stopped, and the last client ended. */
  public Future<ClientReport> finished() {
    return finished.future();
  }

  /** The report so far. */
  public ClientReport report() {
    return stats.report();
  }

  private void begin() {
    if (stopping) {
      return;
    }
    LOG.info(
        "[clients] {} a second to {}, seed {}", settings.rate(), settings.target(), stats.seed());
    startNanos = System.nanoTime();
    settings.duration().ifPresent(length -> end = vertx.setTimer(length.toMillis(), id -> end()));
    startDue();
  }

  private void startDue() {
    long elapsed = System.nanoTime() - startNanos;
    while (due < pace.due(elapsed)) {
      due++;
      startOne();
    }
    nextStart = vertx.setTimer(pace.millisUntilNext(due, elapsed), id -> startDue());
  }

  private void startOne() {
    // Drawn even when there is no place, so that the choices after it stay the same.
    ClientKind kind = kinds.pick(random);
    ClientBehaviour behaviour = kind.behaviour(random.split());
    if (!stats.enter(settings.maxClients())) {
      return;
    }
    ClientSession session =
        new ClientSession(vertx, behaviour, stats.of(kind), settings.timeout(), this::ended);
    sessions.add(session);
    session.start(client, settings.target());
  }

  private void ended(ClientSession session) {
    stats.leave();
    sessions.remove(session);
    completeWhenOver();
  }

  private void end() {
    if (stopping) {
      return;
    }
    stopping = true;
    vertx.cancelTimer(nextStart);
    vertx.cancelTimer(end);
    List.copyOf(sessions).forEach(ClientSession::stop);
    if (!sessions.isEmpty()) {
      vertx.setTimer(STOP_MILLIS, id -> List.copyOf(sessions).forEach(ClientSession::cut));
    }
    completeWhenOver();
  }

  private void completeWhenOver() {
    if (stopping && sessions.isEmpty() && !over) {
      over = true;
      stats.instanceOver();
      client.close().onComplete(ignored -> finished.complete(stats.report()));
    }
  }
}
