package io.loble.scenario;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.transport.Transport;
import java.nio.file.Path;

/** The whole balancer in this process, on the transport that a user would get. */
final class InProcess implements AutoCloseable {

  private final Vertx vertx;

  private InProcess(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Starts one with that file, which it watches. */
  static InProcess start(Path file, String reloadInterval) {
    return start(transport(), file, reloadInterval);
  }

  static InProcess start(Transport transport, Path file, String reloadInterval) {
    InProcess started = new InProcess(Vertx.builder().withTransport(transport).build());
    JsonObject conf =
        new JsonObject()
            .put("config", file.toString())
            .put("reload_interval", reloadInterval)
            .put("instances", 2);
    try {
      started.vertx.deployVerticle("loble:main", new DeploymentOptions().setConfig(conf)).await();
      return started;
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private static Transport transport() {
    Transport epoll = Transport.EPOLL;
    return epoll != null && epoll.available() ? epoll : Transport.NIO;
  }

  Vertx vertx() {
    return vertx;
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
