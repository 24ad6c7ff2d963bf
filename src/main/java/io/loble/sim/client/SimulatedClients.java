package io.loble.sim.client;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts clients, at a steady rate or as many as there are places, and counts what becomes of them.
 * Everything happens on the event loop that creates it, or on one of its own; its methods may be
 * called from any thread.
 *
 * <p>Several of them may be given the same {@link ClientStats}: together they then make up one run,
 * with one load, one sequence of clients, one report and one end.
 */
public final class SimulatedClients {

  private static final Logger LOG = LoggerFactory.getLogger(SimulatedClients.class);
  private static final long STOP_MILLIS = 1000;

  private final Vertx vertx;
  private final Context context;
  private final ClientSettings settings;
  private final ClientStats stats;
  private final Consumer<Choices.Choice> trace;
  private final Choices choices;
  private final Share share;
  private final Arrivals arrivals;
  private final Site site;
  private final Set<Session> sessions = new HashSet<>();

  private long end = -1;
  private long progress = -1;
  private boolean stopping;
  private boolean over;

  /** Clients by themselves, with the seed of the settings or a new one. */
  public SimulatedClients(Vertx vertx, ClientSettings settings) {
    this(vertx, settings, new ClientStats(seed(settings), 1));
  }

  /**
   * Clients that count in the given object.
   *
   * @param stats must be given to as many as it was made for, and not to more
   */
  public SimulatedClients(Vertx vertx, ClientSettings settings, ClientStats stats) {
    this(vertx, settings, stats, choice -> LOG.debug("[clients] {}", choice));
  }

  /**
   * The same, with an observer.
   *
   * @param trace gets each client as it starts, on the event loop
   */
  SimulatedClients(
      Vertx vertx, ClientSettings settings, ClientStats stats, Consumer<Choices.Choice> trace) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.settings = settings;
    this.stats = stats;
    this.trace = trace;
    this.choices = new Choices(stats.seed(), settings);
    this.share = stats.nextShare();
    this.arrivals = arrivals(settings.load(), vertx, share, this::startOne);
    this.site = Site.of(vertx, settings, stats);
    stats.stopping().onComplete(ignored -> context.runOnContext(now -> end()));
  }

  /** The seed of the settings, or a new one. */
  public static long seed(ClientSettings settings) {
    return settings.seed().orElseGet(() -> new SplittableRandom().nextLong());
  }

  /** Begins; to be called once. */
  public void start() {
    context.runOnContext(ignored -> begin());
  }

  /**
   * Starts no more clients and ends those there are: at once when they wait for nothing, after
   * their connection or answer when one is due, after a second in any case. None of them counts as
   * failed. It stops all that belong to the run.
   *
   * @return the final report
   */
  public Future<ClientReport> stop() {
    stats.stop();
    return finished();
  }

  /**
   * The final report, once the duration is over or it was stopped, and the last client of the whole
   * run has ended.
   */
  public Future<ClientReport> finished() {
    return stats.finished();
  }

  /** The report so far. */
  public ClientReport report() {
    return stats.report();
  }

  /** Lines of progress from now on, of the whole run. */
  public ClientProgress progress() {
    return new ClientProgress(stats);
  }

  private void begin() {
    if (stopping) {
      return;
    }
    long startNanos = stats.begin();
    if (share.instance() == 0) {
      LOG.info("[clients] {} to {}, seed {}", load(), settings.target(), stats.seed());
      logProgress();
    }
    settings.duration().ifPresent(length -> end = vertx.setTimer(length.toMillis(), id -> end()));
    arrivals.begin(startNanos);
  }

  private static Arrivals arrivals(Load load, Vertx vertx, Share share, Arrivals.Starter starter) {
    if (load instanceof Load.ClosedLoop closed) {
      return new SlotArrivals(vertx, closed, share, starter);
    }
    Load.OpenLoop open = (Load.OpenLoop) load;
    return new PacedArrivals(vertx, new Pace(open.rate(), open.rampUp()), share, starter);
  }

  private String load() {
    return settings.load() instanceof Load.OpenLoop open
        ? open.rate() + " a second"
        : ((Load.ClosedLoop) settings.load()).connections() + " at all times";
  }

  private void logProgress() {
    long millis = settings.progress().orElse(Duration.ZERO).toMillis();
    if (millis > 0) {
      ClientProgress line = progress();
      progress = vertx.setPeriodic(millis, id -> LOG.info("[clients] {}", line.next()));
    }
  }

  private void startOne(long number, Plan plan, Consumer<Outcome> ended) {
    if (!stats.enter(settings.maxClients())) {
      return;
    }
    Choices.Choice choice = choices.of(number);
    trace.accept(choice);
    Session session =
        Sessions.of(
            site,
            choice,
            plan,
            (one, outcome) -> {
              left(one);
              ended.accept(outcome);
            });
    sessions.add(session);
    session.start();
  }

  private void left(Session session) {
    stats.leave();
    sessions.remove(session);
    completeWhenOver();
  }

  private void end() {
    if (stopping) {
      return;
    }
    stopping = true;
    arrivals.stop();
    vertx.cancelTimer(end);
    vertx.cancelTimer(progress);
    List.copyOf(sessions).forEach(Session::stop);
    if (!sessions.isEmpty()) {
      vertx.setTimer(STOP_MILLIS, id -> List.copyOf(sessions).forEach(Session::cut));
    }
    completeWhenOver();
  }

  private void completeWhenOver() {
    if (stopping && sessions.isEmpty() && !over) {
      over = true;
      site.close().onComplete(ignored -> stats.instanceOver());
    }
  }
}
