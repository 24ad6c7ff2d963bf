package io.loble.cli;

import io.loble.admin.ProcessMetrics;
import io.loble.config.LobleConfig;
import io.loble.control.ConfigChannel;
import io.loble.control.ConfigChannel.Role;
import io.loble.control.ProcessStatus;
import io.loble.control.Summary;
import io.loble.net.Descriptors;
import io.loble.net.ProcessLimit;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.transport.Transport;
import io.vertx.launcher.application.HookContext;
import io.vertx.launcher.application.VertxApplication;
import io.vertx.launcher.application.VertxApplicationHooks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Vert.x's launcher, with our transport, our metrics, our errors and our way to stop. */
final class LobleApplication extends VertxApplication implements VertxApplicationHooks {

  private static final Logger log = LoggerFactory.getLogger("loble");

  /** How soon a change of /etc/hosts is noticed. */
  private static final int HOSTS_REFRESH_MILLIS = 2_000;

  /**
   * How long a DNS answer is kept at the most, whatever its TTL: Docker's name server says ten
   * minutes, and a container that is made anew may have another address at once.
   */
  private static final int MAX_TTL_SECONDS = 5;

  private final Transport transport;
  private final Shutdown shutdown;
  private final Signals signals;
  private final UserTimeoutWarning userTimeouts;

  LobleApplication(
      String[] arguments,
      Transport transport,
      Shutdown shutdown,
      Signals signals,
      UserTimeoutWarning userTimeouts) {
    super(arguments, null, false, false);
    this.transport = transport;
    this.shutdown = shutdown;
    this.signals = signals;
    this.userTimeouts = userTimeouts;
  }

  /** Returns once the load balancer runs, or with what the process should exit with. */
  int start() {
    int code = launch();
    if (code != 0) {
      shutdown.failed();
    }
    if (code == io.vertx.launcher.application.ExitCodes.USAGE) {
      return ExitCodes.USAGE;
    }
    return code == 0 ? ExitCodes.RUNNING : ExitCodes.FAILED;
  }

  @Override
  public VertxBuilder createVertxBuilder(VertxOptions options) {
    options
        .setMetricsOptions(ProcessMetrics.vertxOptions())
        .setAddressResolverOptions(resolver(options.getAddressResolverOptions()));
    return Vertx.builder()
        .with(options)
        .withTransport(transport)
        .withMetrics(ProcessMetrics.vertxFactory());
  }

  private static AddressResolverOptions resolver(AddressResolverOptions given) {
    int maxTtl = given.getCacheMaxTimeToLive();
    boolean unset = maxTtl == AddressResolverOptions.DEFAULT_CACHE_MAX_TIME_TO_LIVE;
    return new AddressResolverOptions(given)
        .setHostsRefreshPeriod(HOSTS_REFRESH_MILLIS)
        .setCacheMaxTimeToLive(unset ? MAX_TTL_SECONDS : maxTtl)
        .setRoundRobinInetAddress(true);
  }

  @Override
  public void afterVertxStarted(HookContext context) {
    ProcessStatus.of(context.vertx()).launched();
  }

  @Override
  public void afterVerticleDeployed(HookContext context) {
    Vertx vertx = context.vertx();
    // Off the event loop: the log is flushed first.
    new ConfigChannel(vertx)
        .follow(
            Role.OTHER, change -> vertx.executeBlocking(() -> follow(change.config())).mapEmpty());
    shutdown.running(vertx);
    if (transport.name().equals("nio")) {
      log.warn(
          "transport nio cannot tell when a client has taken the last bytes before a reset:"
              + " a client that reads slowly may lose them; epoll and io_uring can tell");
    }
    if (transport.name().equals("io_uring")) {
      log.warn("transport io_uring is experimental: it has been seen to leave connections open");
    }
    log.info("{}", Summary.of(vertx, ""));
    tellOfLimit(ProcessLimit.ofConnections(vertx).limit(), Descriptors.forConnections());
    ServiceManager.ready("listeners: " + Summary.listeners(vertx));
    signals.running(vertx);
  }

  private boolean follow(LobleConfig config) {
    userTimeouts.check(config);
    return Logging.configure(config.logging());
  }

  /**
   * @param most how many clients may be served at once
   * @param possible for how many the file descriptors are enough
   */
  private static void tellOfLimit(int most, int possible) {
    if (most > possible) {
      log.warn(
          "limits.max_connections allows {} clients at once, but the file descriptors are enough"
              + " for {} only: raise their limit (ulimit -n, LimitNOFILE=)",
          most,
          possible);
    } else if (most < Integer.MAX_VALUE) {
      log.info("at most {} clients are served at once", most);
    }
  }

  @Override
  public void afterFailureToStartVertx(HookContext context, Throwable cause) {
    log.error("cannot start: {}", Failures.text(cause));
  }

  @Override
  public void afterFailureToDeployVerticle(HookContext context, Throwable cause) {
    log.error("cannot start: {}", cause == null ? "timed out" : Failures.text(cause));
    context.vertx().close();
  }
}
