package io.loble.admin;

import io.loble.config.AdminConfig;
import io.loble.config.LobleConfig;
import io.loble.config.MetricsConfig;
import io.loble.control.Commands;
import io.loble.control.ConfigManager;
import io.loble.control.RunningBalancer;
import io.loble.control.StatusView;
import io.loble.history.HistoryKeeper;
import io.loble.model.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets a running balancer be watched and commanded, over HTTP and over the event bus.
 *
 * <p>One HTTP server does everything, unless metrics are enabled on an address of their own: then a
 * second one serves {@code /metrics}, {@code /livez} and {@code /readyz} there, and nothing else.
 * To be used from one context.
 */
public final class AdminServer {

  /**
   * What a flight recording takes at most of the temporary directory, but for a chunk of the JVM's;
   * twice that when it ends, because the file that is sent is a copy.
   */
  public static final long RECORDING_BYTES = Recorder.MAX_BYTES;

  private final Vertx vertx;
  private final AdminConfig admin;
  private final MetricsConfig metrics;
  private final RunningBalancer balancer;
  private final HistoryKeeper history;
  private final Commands commands;
  private final StatusView view;
  private final CommandBus bus;
  private final EventStream events;
  private final ConnectionLimits limits;
  private final List<HttpEndpoint> endpoints = new ArrayList<>();
  private Runnable stopAccess = () -> {};

  /**
   * @param manager what it lets others watch and command
   * @param config says where
   */
  public AdminServer(Vertx vertx, ConfigManager manager, LobleConfig config) {
    this.vertx = vertx;
    this.admin = config.admin();
    this.metrics = config.metrics();
    this.balancer = new RunningBalancer(vertx, config.id());
    this.view = new StatusView(balancer, manager);
    this.history = new HistoryKeeper(vertx);
    this.commands = Commands.of(vertx, manager, view, history);
    this.bus = new CommandBus(vertx, manager.config().id(), commands);
    this.events = new EventStream(vertx);
    this.limits = new ConnectionLimits(vertx);
  }

  /**
   * Reads tokens and certificates, opens the addresses and listens on the event bus.
   *
   * @return fails, with nothing left open, when one of these cannot be done; the message names the
   *     key and the address or file, such as {@code admin.address 127.0.0.1:9090: address already
   *     in use}
   */
  public Future<Void> start() {
    return Access.open(vertx, admin)
        .onSuccess(access -> stopAccess = access::stop)
        .compose(access -> openAdmin(adminRoutes(access)))
        .compose(opened -> openMetrics())
        .compose(opened -> bus.start())
        .onSuccess(opened -> events.open())
        .onSuccess(opened -> history.start())
        .onSuccess(opened -> limits.start())
        .recover(cause -> stop().transform(stopped -> Future.failedFuture(cause)));
  }

  /** Closes every address and leaves the event bus. */
  public Future<Void> stop() {
    List<Future<Void>> closing = new ArrayList<>();
    stopAccess.run();
    closing.add(bus.stop());
    events.close();
    history.stop();
    limits.stop();
    endpoints.forEach(endpoint -> closing.add(endpoint.close()));
    endpoints.clear();
    return Future.join(closing).mapEmpty();
  }

  /**
   * The address that control is served on, with the port that the system chose where the
   * configuration says 0.
   *
   * @throws IllegalStateException when it is not open
   */
  public HostPort address() {
    if (endpoints.isEmpty()) {
      throw new IllegalStateException("not started");
    }
    return endpoints.get(0).address();
  }

  /**
   * Where the second server listens, or else the {@link #address()} of the only one.
   *
   * @throws IllegalStateException when it is not open
   */
  public HostPort metricsAddress() {
    return endpoints.size() > 1 ? endpoints.get(1).address() : address();
  }

  private Future<Void> openAdmin(Router routes) {
    return opened(
        HttpEndpoint.open(vertx, "admin.address", admin.address(), admin.tls(), limits, routes));
  }

  private Future<Void> openMetrics() {
    return hasMetricsServer()
        ? opened(
            HttpEndpoint.open(vertx, "metrics.address", metrics.address(), limits, metricsRoutes()))
        : Future.succeededFuture();
  }

  private boolean hasMetricsServer() {
    return metrics.enabled() && !metrics.address().equals(admin.address());
  }

  private Future<Void> opened(Future<HttpEndpoint> endpoint) {
    return endpoint.onSuccess(endpoints::add).mapEmpty();
  }

  private Router adminRoutes(Access access) {
    Router router = Problems.reportedBy(Router.router(vertx));
    router.route().handler(limits);
    ProbeRoutes.mount(router, balancer);
    MetricsRoute.mount(router, whereMetricsAre());
    new ApiRoutes(commands, events, new ProfileRoute(vertx, balancer.id())).mount(router, access);
    Dashboard.mount(router, vertx);
    return router;
  }

  private Router metricsRoutes() {
    Router router = Problems.reportedBy(Router.router(vertx));
    router.route().handler(limits);
    ProbeRoutes.mount(router, balancer);
    MetricsRoute.mount(router, new MetricsRoute.Here(new MetricsPage(vertx, balancer)));
    return router;
  }

  private MetricsRoute.Place whereMetricsAre() {
    if (!metrics.enabled()) {
      return new MetricsRoute.Nowhere();
    }
    return hasMetricsServer()
        ? new MetricsRoute.Elsewhere(metrics.address())
        : new MetricsRoute.Here(new MetricsPage(vertx, balancer));
  }
}
