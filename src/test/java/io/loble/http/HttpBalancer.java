package io.loble.http;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.loble.MainVerticle;
import io.loble.model.Backend;
import io.loble.model.HostPort;
import io.loble.model.ListenerStats;
import io.loble.model.Pool;
import io.loble.model.Snapshot;
import io.loble.net.ProcessLimit;
import io.loble.proxy.ListenerRegistry;
import io.loble.upstream.SnapshotStore;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.awaitility.core.ConditionFactory;

/** The whole balancer in this process. */
final class HttpBalancer implements AutoCloseable {

  private static final String ADMIN = "loble.admin";

  private final Vertx vertx;
  private final Path file;

  private HttpBalancer(Vertx vertx, Path file) {
    this.vertx = vertx;
    this.file = file;
  }

  static HttpBalancer start(HttpConf conf) throws IOException {
    return start(conf, 2);
  }

  /**
   * Starts one.
   *
   * @param loops event loops, each of which keeps connections to backends of its own
   */
  static HttpBalancer start(HttpConf conf, int loops) throws IOException {
    return start(Transport.NIO, conf, loops);
  }

  static HttpBalancer start(Transport transport, HttpConf conf, int loops) throws IOException {
    Vertx vertx = Vertx.builder().withTransport(transport).build();
    HttpBalancer started = new HttpBalancer(vertx, Files.createTempFile("loble-http", ".toml"));
    try {
      started.deploy(conf, loops);
      return started;
    } catch (IOException | RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private void deploy(HttpConf conf, int loops) throws IOException {
    Files.writeString(file, conf.toml());
    JsonObject launch = new JsonObject().put("config", file.toString()).put("instances", loops);
    done(
        vertx.deployVerticle(
            new MainVerticle(Map.of()), new DeploymentOptions().setConfig(launch)));
  }

  Vertx vertx() {
    return vertx;
  }

  int port() {
    return port("web");
  }

  int port(String listener) {
    return new ListenerRegistry(vertx)
        .entries().stream()
            .filter(entry -> entry.name().equals(listener))
            .map(entry -> ((HostPort) entry.address()).port())
            .findFirst()
            .orElseThrow();
  }

  RawClient connect() throws IOException {
    return new RawClient(port());
  }

  /** The answer to a request on a connection of its own. */
  Message ask(String request) throws IOException {
    try (RawClient client = connect()) {
      return client.send(request).answer();
    }
  }

  /** The answer to a request for a target, with more fields. */
  Message get(String target, String... fields) throws IOException {
    return ask(RawClient.request("GET", target, "", fields));
  }

  ListenerStats listener() {
    return new ListenerRegistry(vertx).stats("web");
  }

  /** The pool as health sees it now. */
  Pool pool() {
    Snapshot snapshot = requireNonNull(new SnapshotStore(vertx).current());
    return requireNonNull(snapshot.pool("web"));
  }

  Backend backend(String name) {
    return pool().backends().stream()
        .filter(backend -> backend.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Changes a backend by a command. */
  void update(String backend, String key, Object value) {
    JsonObject command =
        new JsonObject().put("command", "backend.update").put("pool", "web").put("name", backend);
    command(command.put(key, value));
  }

  /** Has a command carried out. */
  void command(JsonObject command) {
    done(vertx.eventBus().request(ADMIN, command));
  }

  /** Waits until nothing is under way any more, and nothing that was is still counted. */
  void awaitNothing() {
    for (Backend backend : pool().backends()) {
      soon().until(() -> backend.stats().admission().active() == 0);
    }
    soon().until(() -> listener().active() == 0);
    soon().until(() -> ProcessLimit.ofConnections(vertx).held() == 0);
  }

  /** Looks at once: most of the time there is nothing to wait for. */
  private static ConditionFactory soon() {
    return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).atMost(20, SECONDS);
  }

  @Override
  public void close() throws IOException {
    done(vertx.close());
    Files.deleteIfExists(file);
  }

  /** The same, for another thread. */
  void closeUnchecked() {
    try {
      close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T done(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
