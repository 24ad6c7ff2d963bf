package io.loble;

import io.loble.config.ConfigException;
import io.loble.sim.client.ClientReport;
import io.loble.sim.client.ClientSettings;
import io.loble.sim.client.ClientStats;
import io.loble.sim.client.SimulatedClients;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A client simulator, configured by the JSON it is deployed with (see {@link ClientSettings}; the
 * environment is not read). The instances of one deployment share its rate and its report.
 */
public final class ClientVerticle extends VerticleBase {

  /** Event-bus address that replies to any request with the report so far, as JSON. */
  public static final String REPORT_ADDRESS = "loble.client.report";

  /** Event-bus address on which the final report is published once, as JSON. */
  public static final String FINISHED_ADDRESS = "loble.client.finished";

  /**
   * Event-bus address on which any request ends the run; the reply is the final report, as JSON.
   */
  public static final String STOP_ADDRESS = "loble.client.stop";

  private @Nullable SimulatedClients clients;

  @Override
  public Future<?> start() throws ConfigException {
    ClientSettings settings = ClientSettings.fromJson(config());
    ClientStats stats =
        ClientStats.shared(
            vertx, deploymentID(), SimulatedClients.seed(settings), context.getInstanceCount());
    SimulatedClients started = new SimulatedClients(vertx, settings, stats);
    clients = started;
    started.finished().onSuccess(report -> announce(stats));
    Future<?> consumers =
        Future.all(
            consume(REPORT_ADDRESS, message -> message.reply(report().toJson())),
            consume(STOP_ADDRESS, this::stopAndReply));
    // The others of the deployment would wait for the clients of one that never came to be.
    return consumers.onSuccess(all -> started.start()).onFailure(cause -> started.stop());
  }

  private Future<Void> consume(String address, Handler<Message<Object>> handler) {
    return vertx.eventBus().consumer(address, handler).completion();
  }

  private void stopAndReply(Message<Object> message) {
    clients().stop().onSuccess(report -> message.reply(report.toJson()));
  }

  @Override
  public Future<?> stop() {
    ClientStats.forget(vertx, deploymentID());
    return clients().stop();
  }

  /**
   * What this instance runs.
   *
   * @throws IllegalStateException before the verticle was deployed
   */
  public SimulatedClients clients() {
    if (clients == null) {
      throw new IllegalStateException("not deployed");
    }
    return clients;
  }

  /** The report so far, of all instances of the deployment. May be called from any thread. */
  public ClientReport report() {
    return clients().report();
  }

  private void announce(ClientStats stats) {
    if (stats.claimEnd()) {
      JsonObject report = stats.report().toJson();
      vertx.eventBus().publish(FINISHED_ADDRESS, report);
    }
  }
}
