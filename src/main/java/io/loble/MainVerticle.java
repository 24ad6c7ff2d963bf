package io.loble;

import io.loble.config.ConfigException;
import io.loble.config.ConfigLoader;
import io.loble.config.LaunchOptions;
import io.loble.config.LobleConfig;
import io.loble.control.ProcessStatus;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The whole load balancer: loads the configuration, deploys the other verticles with it and hands
 * them every valid change of the file. Its own configuration is what {@code -conf} holds.
 */
public final class MainVerticle extends VerticleBase {

  /**
   * Event-bus address of this node: a request stops the proxies, and is answered when their last
   * connection has ended. The rest goes on, so that {@code /readyz} can say why.
   */
  public static final String DRAIN = "loble.drain";

  private @Nullable ConfigReloader reloader;

  /** What was loaded at start. */
  private record Loaded(LaunchOptions launch, LobleConfig config) {}

  @Override
  public Future<?> start() {
    return vertx.executeBlocking(() -> load(config())).compose(this::deployAll);
  }

  @Override
  public Future<?> stop() {
    return reloader == null ? Future.succeededFuture() : reloader.stop();
  }

  private static Loaded load(JsonObject conf) throws ConfigException {
    LaunchOptions launch = ConfigLoader.launchOptions(conf, System.getenv());
    return new Loaded(launch, ConfigLoader.load(launch, System.getenv()));
  }

  private Future<Void> deployAll(Loaded loaded) {
    JsonObject document = loaded.config().toJson();
    int instances = loaded.launch().instances();
    int proxies = instances > 0 ? instances : Runtime.getRuntime().availableProcessors();
    return deploy("loble:health", document, 1)
        .compose(id -> deploy("loble:proxy", document, proxies))
        .onSuccess(this::drainOnRequest)
        .compose(id -> deploy("loble:admin", document, 1))
        .compose(id -> watch(loaded));
  }

  private Future<String> deploy(String name, JsonObject document, int instances) {
    return vertx.deployVerticle(
        name, new DeploymentOptions().setConfig(document).setInstances(instances));
  }

  private void drainOnRequest(String proxies) {
    vertx
        .eventBus()
        .localConsumer(
            DRAIN,
            message -> {
              ProcessStatus.of(vertx).startDraining();
              vertx
                  .undeploy(proxies)
                  .onSuccess(none -> message.reply(new JsonObject()))
                  .onFailure(cause -> message.fail(500, cause.getMessage()));
            });
  }

  private Future<Void> watch(Loaded loaded) {
    if (loaded.launch().config().isEmpty()) {
      return Future.succeededFuture();
    }
    ConfigReloader started = new ConfigReloader(vertx, loaded.launch(), loaded.config());
    reloader = started;
    return started.start();
  }
}
