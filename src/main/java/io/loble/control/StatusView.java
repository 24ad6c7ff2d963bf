package io.loble.control;

import io.loble.config.keys.ConfigParts;
import io.loble.config.source.EffectiveConfig;
import io.loble.model.Admission;
import io.loble.model.Backend;
import io.loble.model.BackendCounters;
import io.loble.model.BuildInfo;
import io.loble.model.ListenerStats;
import io.loble.model.Pool;
import io.loble.model.Rejection;
import io.loble.model.RetryBudget;
import io.loble.model.Snapshot;
import io.loble.model.Standing;
import io.loble.proxy.ListenerGate;
import io.loble.proxy.ListenerRegistry;
import io.loble.proxy.RequestUse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Renders a running balancer as the JSON of the status. Names and order of the fields are part of
 * the contract. May be used from any thread.
 */
public final class StatusView {

  private static final double NANOS_PER_MICRO = 1e3;
  private static final double MICROS_PER_MILLI = 1e3;

  /** Null where connections are balanced. */
  private static final String REQUESTS = "requests";

  /** So many networks are shown of those that are refused. */
  private static final int MOST_REFUSED = 10;

  private final RunningBalancer balancer;
  private final ConfigManager manager;

  public StatusView(RunningBalancer balancer, ConfigManager manager) {
    this.balancer = balancer;
    this.manager = manager;
  }

  /** Everything: the process, its configuration, its listeners and its pools. */
  public JsonObject status() {
    ProcessStatus process = balancer.process();
    Snapshot snapshot = balancer.snapshot();
    return new JsonObject()
        .put("id", balancer.id())
        .put("version", BuildInfo.version())
        .put("uptime_ms", process.uptimeMillis())
        .put("transport", balancer.transport())
        .put("transport_advice", balancer.transportAdvice())
        .put("tls_engine", TlsUse.engine(balancer.listeners(), snapshot).orElse(null))
        .put("draining", process.draining())
        .put("snapshot_version", snapshot.version())
        .put("config", configStatus(process.config()))
        .put("listeners", listeners())
        .put("pools", pools(snapshot.pools().values()));
  }

  /** Every pool, in the order of the configuration. */
  public JsonArray pools() {
    return pools(balancer.snapshot().pools().values());
  }

  /**
   * One pool.
   *
   * @throws CommandException that says {@link Reason#NOT_FOUND}, naming the pools there are
   */
  public JsonObject pool(String name) {
    return pool(snapshotOf(name), requestUse());
  }

  /**
   * One backend, with the name of its pool.
   *
   * @throws CommandException that says {@link Reason#NOT_FOUND}, naming the pools or backends there
   *     are
   */
  public JsonObject backend(String pool, String name) {
    return findBackend(pool, name)
        .orElseThrow(
            () -> {
              List<String> known = snapshotOf(pool).backends().stream().map(Backend::name).toList();
              return CommandException.unknown("backend of pool " + pool, name, known);
            });
  }

  /** One backend, as {@link #backend} shows it, if there is one of that name. */
  Optional<JsonObject> findBackend(String pool, String name) {
    Pool there = balancer.snapshot().pool(pool);
    return there == null
        ? Optional.empty()
        : there.backends().stream()
            .filter(backend -> backend.name().equals(name))
            .findFirst()
            .map(backend -> backend(backend, requestUse().isBalanced(there)).put("pool", pool));
  }

  /**
   * A listener that is open.
   *
   * @throws CommandException that says {@link Reason#NOT_FOUND}, naming the listeners there are
   */
  public JsonObject listener(String name) {
    List<ListenerRegistry.Entry> open = balancer.listeners();
    return open.stream()
        .filter(listener -> listener.name().equals(name))
        .findFirst()
        .map(StatusView::listener)
        .orElseThrow(
            () ->
                CommandException.unknown(
                    "listener", name, open.stream().map(ListenerRegistry.Entry::name).toList()));
  }

  /** The configuration in force, as a file, and how it differs from the one that was loaded. */
  public JsonObject config() {
    return new JsonObject()
        .put("version", balancer.process().config().version())
        .put("toml", EffectiveConfig.toToml(manager.config()))
        .put("differs", differs());
  }

  /** The versions that are kept, the newest first. */
  public JsonArray versions() {
    JsonArray result = new JsonArray();
    manager.versions().forEach(version -> result.add(version.toJson()));
    return result;
  }

  /** A pool as proxies see it. */
  Pool snapshotOf(String name) {
    Snapshot snapshot = balancer.snapshot();
    Pool pool = snapshot.pool(name);
    if (pool == null) {
      throw CommandException.unknown("pool", name, snapshot.pools().keySet());
    }
    return pool;
  }

  /** Whether that very backend is in rotation now. */
  boolean isInRotation(String pool, Backend wanted) {
    Pool there = balancer.snapshot().pool(pool);
    return there != null
        && there.inRotation().stream().anyMatch(backend -> backend.stats() == wanted.stats());
  }

  /** The pools that have a backend of that name. */
  List<String> poolsWith(String backend) {
    return balancer.snapshot().pools().values().stream()
        .filter(pool -> pool.backends().stream().anyMatch(b -> b.name().equals(backend)))
        .map(Pool::name)
        .toList();
  }

  /** The names of all backends. */
  List<String> backendNames() {
    return balancer.snapshot().pools().values().stream()
        .flatMap(pool -> pool.backends().stream())
        .map(Backend::name)
        .distinct()
        .toList();
  }

  private JsonArray differs() {
    JsonArray result = new JsonArray();
    manager.differences().forEach(step -> result.add(Step.toJson(step)));
    return result;
  }

  /** The open listeners, ordered by name. */
  public JsonArray listeners() {
    JsonArray result = new JsonArray();
    balancer.listeners().forEach(listener -> result.add(listener(listener)));
    return result;
  }

  private JsonArray pools(Collection<Pool> pools) {
    JsonArray result = new JsonArray();
    RequestUse use = requestUse();
    pools.forEach(pool -> result.add(pool(pool, use)));
    return result;
  }

  private JsonObject configStatus(ProcessStatus.ConfigStatus config) {
    return new JsonObject()
        .put("version", config.version())
        .put("loaded_at", config.loadedAt().truncatedTo(ChronoUnit.MILLIS).toString())
        .put("error", config.error())
        .put("file", manager.file())
        .put("differs", differs());
  }

  private static JsonObject listener(ListenerRegistry.Entry listener) {
    ListenerStats stats = listener.stats();
    JsonObject keys = ConfigParts.toJson(listener.config());
    boolean balanced = RequestUse.isBalanced(listener);
    JsonObject shown =
        new JsonObject()
            .put("name", listener.name())
            .put("address", listener.address().toString())
            .put("pool", listener.pool())
            .put("active", stats.active())
            .put("accepted", stats.acceptedTotal())
            .put("rejected", stats.rejectedTotal())
            .put("rejected_by", rejections(stats))
            .put("refused_networks", refused(listener.gate()))
            .put("access_error", listener.gate().trouble().orElse(null))
            .put("duration_ms", Durations.millis(stats.durationSeconds()))
            .put("tls", TlsView.of(listener, keys.getJsonObject("tls")))
            .put(REQUESTS, balanced ? RequestsView.withBuckets(stats.requests()) : null);
    return withKeys(shown, keys);
  }

  /** The keys of the file that are not shown already, such as the address with its port. */
  private static JsonObject withKeys(JsonObject shown, JsonObject keys) {
    keys.forEach(key -> shown.getMap().putIfAbsent(key.getKey(), key.getValue()));
    return shown;
  }

  private static JsonArray refused(ListenerGate gate) {
    JsonArray networks = new JsonArray();
    gate.topRefused(MOST_REFUSED)
        .forEach(
            count ->
                networks.add(
                    new JsonObject()
                        .put("network", count.network().toString())
                        .put("refused", count.count())));
    return networks;
  }

  private static JsonObject rejections(ListenerStats stats) {
    JsonObject result = new JsonObject();
    for (Rejection reason : Rejection.values()) {
      result.put(reason.label(), stats.rejectedTotal(reason));
    }
    return result;
  }

  private RequestUse requestUse() {
    return RequestUse.of(balancer.listeners());
  }

  private JsonObject pool(Pool pool, RequestUse use) {
    boolean balanced = use.isBalanced(pool);
    JsonArray backends = new JsonArray();
    pool.backends().forEach(backend -> backends.add(backend(backend, balanced)));
    JsonObject json =
        new JsonObject().put("name", pool.name()).put("algorithm", pool.algorithm().label());
    return OutboundView.put(json, pool.outbound())
        .put("tls", TlsView.of(pool, balancer.backendTls()))
        .put("panic", pool.isInPanic())
        .put("retries", retries(pool.stats().retries()))
        .put("queue", queue(pool))
        .put("discovery", DiscoveryView.of(pool.stats().discovery()))
        .put(REQUESTS, balanced ? RequestsView.withBuckets(pool.stats().requests()) : null)
        .put("backends", backends);
  }

  private static JsonObject retries(RetryBudget budget) {
    return new JsonObject().put("made", budget.made()).put("refused", budget.refused());
  }

  private static JsonObject queue(Pool pool) {
    return new JsonObject()
        .put("length", pool.stats().room().waiting())
        .put("max", pool.rules().queue().max())
        .put("timeouts", pool.stats().room().timeouts());
  }

  /**
   * @param balanced whether its pool gets requests
   */
  private static JsonObject backend(Backend backend, boolean balanced) {
    BackendCounters counters = backend.stats().counters();
    Admission admission = backend.stats().admission();
    Standing standing = backend.stats().health().standing();
    return new JsonObject()
        .put("name", backend.name())
        .put("address", backend.address().toString())
        .put("weight", backend.weight())
        .put("state", backend.state().label())
        .put("active", admission.active())
        .put("total", counters.total())
        .put("failures", counters.failures())
        .put("bytes_to_backend", counters.bytesToBackend())
        .put("bytes_to_client", counters.bytesToClient())
        .put("max_connections", backend.maxConnections())
        .put("mode", backend.mode().label())
        .put("since", standing == null ? null : standing.sinceText())
        .put("why", standing == null || standing.why().isEmpty() ? null : standing.why())
        .put("connect_ms", Durations.millis(counters.connectSeconds()))
        .put("peak", admission.peak())
        .put("duration_ms", Durations.millis(counters.durationSeconds()))
        .put("error_share", share(counters.errorShare()))
        .put("priority", backend.priority())
        .put("effective_weight", effectiveWeight(backend))
        .put("answer_ms", answerMillis(backend))
        .put("ejections", counters.ejections())
        .put("circuit_openings", counters.circuitOpenings())
        .put("source", backend.source().label())
        .put(REQUESTS, balanced ? RequestsView.of(backend.stats().requests()) : null);
  }

  /** To a thousandth; 0 while it gets no new connections. */
  private static double effectiveWeight(Backend backend) {
    return backend.takesConnections() ? Math.round(backend.effectiveWeight() * 1e3) / 1e3 : 0;
  }

  /** To a microsecond; null where it is not measured, or was too long ago. */
  private static @Nullable Double answerMillis(Backend backend) {
    double nanos = backend.stats().answers().recent().at(System.nanoTime());
    double micros = Math.round(nanos / NANOS_PER_MICRO);
    return micros == 0 ? null : micros / MICROS_PER_MILLI;
  }

  /** To a millionth; null when there is none. */
  private static @Nullable Double share(OptionalDouble share) {
    return share.isPresent() ? Math.round(share.getAsDouble() * 1e6) / 1e6 : null;
  }
}
