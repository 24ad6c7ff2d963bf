package io.loble.upstream.discovery;

import io.loble.config.DiscoverySource;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoints of a service of Kubernetes: its EndpointSlices are listed once, and then watched.
 *
 * <p>A watch goes on where the one before has ended. Where the API server does not remember that
 * long, or refuses it, or where a watch ends as soon as it has begun, all slices are listed again.
 * While the API server fails it is asked again, less and less often. That a watch breaks off is no
 * failure yet, only that there is no next one.
 */
public final class KubernetesSource implements EndpointSource {

  private static final Logger log = LoggerFactory.getLogger("loble.discovery");

  private final Vertx vertx;
  private final DiscoverySource.Kubernetes source;
  private final KubernetesTimes times;
  private final OwnZone zone;
  private final RetryPause pause;
  private final SliceSet slices = new SliceSet();
  private final Set<String> ignored = new HashSet<>();
  private Context context;
  private Listener listener = answer -> {};
  private SliceBackends backends;
  private @Nullable Connection connection;
  private long timer = -1;
  private long opening = -1;
  private Answer.@Nullable Failed failedMeanwhile;
  private boolean evaluating;
  private boolean changed;
  private boolean stopped;

  /**
   * @param environment the variables of this process, which may say in which zone it is
   */
  public KubernetesSource(
      Vertx vertx,
      DiscoverySource.Kubernetes source,
      Map<String, String> environment,
      RandomGenerator random) {
    this(vertx, source, environment, random, KubernetesTimes.USUAL);
  }

  KubernetesSource(
      Vertx vertx,
      DiscoverySource.Kubernetes source,
      Map<String, String> environment,
      RandomGenerator random,
      KubernetesTimes times) {
    this.vertx = vertx;
    this.source = source;
    this.times = times;
    this.zone = new OwnZone(source, environment);
    this.pause = new RetryPause(times.firstPauseMillis(), times.longestPauseMillis(), random);
    this.context = vertx.getOrCreateContext();
    this.backends = new SliceBackends(new SlicePorts(source.port()), "");
  }

  @Override
  public void start(Listener hearer) {
    context = vertx.getOrCreateContext();
    listener = hearer;
    connect();
  }

  @Override
  public void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
    vertx.cancelTimer(opening);
    if (connection != null) {
      connection.api.close();
    }
  }

  /** What is followed over one connection. */
  private final class Connection implements SliceWatch.Listener {

    private final KubernetesApi api;
    private final ServicePaths paths;
    private boolean watching;
    private long sinceNanos;

    Connection(KubernetesApi api) {
      this.api = api;
      this.paths =
          new ServicePaths(
              source.namespace().isEmpty() ? api.namespace() : source.namespace(),
              source.service());
    }

    Future<Void> follow() {
      return zone.find(api)
          .compose(
              own -> {
                backends = new SliceBackends(backends.ports(), own);
                return new SliceWatch(context, api, paths, slices, this).follow(times);
              });
    }

    @Override
    public void watching() {
      watching = true;
      sinceNanos = System.nanoTime();
      evaluate();
    }

    @Override
    public void changed() {
      evaluate();
    }

    boolean wasSteady() {
      long nanos = System.nanoTime() - sinceNanos;
      return watching && nanos >= TimeUnit.MILLISECONDS.toNanos(times.steadyMillis());
    }

    /** Slices that are gone may mean that their service is. */
    Future<Answer> withoutSlices(Answer none) {
      return api.get(paths.object()).map(none).otherwise(cause -> unknown(none, cause));
    }

    /** Who may not ask for the service takes what the slices say. */
    private Answer unknown(Answer none, Throwable cause) {
      KubernetesException why = KubernetesException.of(source.server(), cause);
      if (why.isNotFound()) {
        return new Answer.NotFound("there is no service " + paths);
      }
      return why.isForbidden() ? none : new Answer.Failed(String.valueOf(why.getMessage()));
    }
  }

  private void connect() {
    if (!stopped) {
      opening = vertx.setTimer(times.answerMillis(), id -> opensLate());
      context
          .executeBlocking(
              () -> KubernetesApi.open(vertx, context, source.server(), times.answerMillis()),
              false)
          .onComplete(opened -> vertx.cancelTimer(opening))
          .compose(this::follow)
          .onComplete(this::ended);
    }
  }

  /** A program that a kubeconfig names may take as long as it likes, or for ever. */
  private void opensLate() {
    tellFailure(
        new Answer.Failed(
            "what the kubeconfig names has given no credentials within "
                + times.answerMillis()
                + " ms"));
  }

  private void tellFailure(Answer.Failed failure) {
    failedMeanwhile = failure;
    listener.answered(failure);
  }

  private Future<Void> follow(KubernetesApi api) {
    if (stopped) {
      api.close();
      return Future.succeededFuture();
    }
    Connection now = new Connection(api);
    connection = now;
    return now.follow();
  }

  private void ended(AsyncResult<Void> end) {
    Connection last = connection;
    connection = null;
    boolean steady = false;
    if (last != null) {
      last.api.close();
      steady = last.wasSteady();
      if (last.watching && !steady) {
        slices.forgetVersion();
      }
    }
    if (stopped) {
      return;
    }
    if (steady) {
      pause.reset();
    }
    if (end.failed()) {
      failed(end.cause(), steady);
    }
    if (steady && end.succeeded()) {
      connect();
    } else {
      timer = vertx.setTimer(pause.next(), id -> connect());
    }
  }

  private void failed(Throwable cause, boolean steady) {
    KubernetesException why = KubernetesException.of(source.server(), cause);
    if (why.isFinal()) {
      // Too late for a watch, or not allowed to: a list tells how things are.
      slices.forgetVersion();
    }
    if (!steady && !why.isGone()) {
      tellFailure(new Answer.Failed(String.valueOf(why.getMessage())));
    }
  }

  /** Works out what the slices mean: one after the other, and only the last of many. */
  private void evaluate() {
    Connection asked = connection;
    if (evaluating || asked == null) {
      changed = true;
      return;
    }
    evaluating = true;
    changed = false;
    failedMeanwhile = null;
    List<EndpointSlice> now = slices.slices();
    SliceBackends how = backends;
    context
        .executeBlocking(() -> how.of(now), false)
        .compose(
            answer -> now.isEmpty() ? asked.withoutSlices(answer) : Future.succeededFuture(answer))
        .otherwise(cause -> new Answer.Failed(String.valueOf(cause)))
        .onSuccess(answer -> evaluated(asked, now, answer));
  }

  private void evaluated(Connection asked, List<EndpointSlice> now, Answer answer) {
    evaluating = false;
    if (stopped) {
      return;
    }
    sayIgnored(now);
    // Of a connection that has ended, only what its slices say counts.
    if (connection == asked || !(answer instanceof Answer.Failed)) {
      Answer.Failed later = failedMeanwhile;
      listener.answered(answer);
      if (later != null) {
        listener.answered(later);
      }
    }
    if (changed) {
      evaluate();
    }
  }

  private void sayIgnored(List<EndpointSlice> now) {
    Collection<String> useless = SliceBackends.ignored(now);
    ignored.retainAll(useless);
    useless.stream()
        .filter(ignored::add)
        .forEach(
            name ->
                log.warn(
                    "[discovery] {}: EndpointSlice {} has no IP addresses, and is ignored",
                    source.what(),
                    name));
  }
}
