package io.loble;

import io.loble.config.ConfigException;
import io.loble.config.LaunchOptions;
import io.loble.config.Transport;
import io.loble.config.keys.ConfigJson;
import io.loble.config.keys.LoadedConfig;
import io.loble.config.source.ConfigLoader;
import io.loble.control.CertificateWatch;
import io.loble.control.ConfigManager;
import io.loble.control.ConfigSource;
import io.loble.control.ProcessStatus;
import io.loble.control.Summary;
import io.loble.control.TlsUse;
import io.loble.net.Transports;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole load balancer: loads the configuration, deploys the other verticles with it and hands
 * them every valid change of the file. Its own configuration is what {@code -conf} holds.
 *
 * <p>Closing the Vert.x instance first stops the proxies, which let their connections finish; until
 * then {@code /readyz} is there to say why it is not ready.
 */
public final class MainVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger("loble");

  private final Map<String, String> environment;
  private @Nullable ConfigManager manager;
  private @Nullable ConfigReloader reloader;
  private @Nullable CloseHook closeHook;

  /** One that variables such as {@code LB_PORT} configure as well. */
  public MainVerticle() {
    this(System.getenv());
  }

  /**
   * @param environment the variables that configure it as well; none where those of the process
   *     must not have an effect
   */
  public MainVerticle(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** What was loaded at start. */
  private record Loaded(LaunchOptions launch, LoadedConfig config) {}

  @Override
  public Future<?> start() {
    return vertx
        .executeBlocking(() -> load(config()))
        .onSuccess(this::warnOfTransport)
        .compose(this::deployAll)
        .onSuccess(none -> logSummary());
  }

  @Override
  public Future<?> stop() {
    if (closeHook != null) {
      closeHook.remove();
    }
    if (manager != null) {
      manager.stop();
    }
    return stopReloading();
  }

  private Future<Void> stopReloading() {
    return reloader == null ? Future.succeededFuture() : reloader.stop();
  }

  /** The program that creates the Vert.x instance chooses its transport, which may be another. */
  private void warnOfTransport(Loaded loaded) {
    Transport wanted = loaded.launch().transport();
    String used = Transports.nameOf(vertx);
    if (wanted != Transport.AUTO && !wanted.name().equalsIgnoreCase(used)) {
      log.warn(
          "transport \"{}\" has no effect here: this Vert.x instance was created with {}",
          wanted.name().toLowerCase(Locale.ROOT),
          used);
    }
  }

  private void logSummary() {
    if (!ProcessStatus.of(vertx).isLaunched()) {
      log.info("{}", Summary.of(vertx, " in this Vert.x instance"));
    }
  }

  private Loaded load(JsonObject conf) throws ConfigException {
    LaunchOptions launch = ConfigLoader.launchOptions(conf, environment);
    LoadedConfig loaded = ConfigLoader.loadAll(launch, environment);
    loaded.allWarnings().forEach(warning -> log.warn("[config] {}: {}", launch.source(), warning));
    TlsUse.prepare(loaded.config());
    return new Loaded(launch, loaded);
  }

  private Future<Void> deployAll(Loaded loaded) {
    JsonObject document = ConfigJson.write(loaded.config().config());
    int instances = loaded.launch().instances();
    int proxies = instances > 0 ? instances : Runtime.getRuntime().availableProcessors();
    return deploy("loble:health", document, 1)
        .compose(id -> deploy("loble:proxy", document, proxies))
        .onSuccess(this::drainBeforeClose)
        .compose(id -> deployAdmin(loaded, document));
  }

  private Future<Void> deployAdmin(Loaded loaded, JsonObject document) {
    ConfigSource source = new ConfigSource(loaded.launch(), environment);
    ConfigManager started = ConfigManager.start(vertx, loaded.config(), source);
    manager = started;
    CertificateWatch.start(vertx);
    return deploy("loble:admin", document, 1).compose(id -> watch(loaded.launch(), started));
  }

  private Future<String> deploy(String name, JsonObject document, int instances) {
    return vertx.deployVerticle(
        name, new DeploymentOptions().setConfig(document).setInstances(instances));
  }

  /** When the Vert.x instance is closed, the rest stays until the last connection has ended. */
  private void drainBeforeClose(String proxies) {
    closeHook = CloseHook.add(vertx, () -> drain(proxies));
  }

  private Future<Void> drain(String proxies) {
    ProcessStatus status = ProcessStatus.of(vertx);
    status.startDraining();
    log.info("[drain] stopping{}, waiting for open connections", lastCalls());
    return stopReloading()
        .transform(stopped -> vertx.undeploy(proxies))
        .onSuccess(
            none -> {
              log.info("[drain] {} connections drained, {} cut", status.drained(), status.cut());
              status.whenDrained().complete(null);
            })
        .onFailure(status.whenDrained()::completeExceptionally);
  }

  private String lastCalls() {
    Duration delay = manager == null ? Duration.ZERO : manager.config().shutdown().delay();
    return delay.isZero() ? "" : ": new connections for another " + delay.toMillis() + " ms, then";
  }

  private Future<Void> watch(LaunchOptions launch, ConfigManager managed) {
    if (launch.config().isEmpty()) {
      return Future.succeededFuture();
    }
    ConfigReloader started = new ConfigReloader(vertx, launch, managed);
    reloader = started;
    return started.start();
  }
}
