package io.loble.sim;

import io.loble.model.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server of the line protocol that can be slow, full, flaky or stuck.
 *
 * <p>Several of them may be given the same {@link ServerState}: they then listen on the same ports,
 * each on the event loop that starts it, and count together.
 */
public final class SimulatedServer {

  private static final Logger LOG = LoggerFactory.getLogger(SimulatedServer.class);

  private final Vertx vertx;
  private final ServerState state;
  private final SplittableRandom random;
  private final NetServer server;
  private final ServerControl control;

  /** A server of its own. */
  public SimulatedServer(Vertx vertx, ServerSettings settings) {
    this(vertx, new ServerState(settings), new SplittableRandom());
  }

  /**
   * @param random decides which connections chaos drops; used on the server's event loop only
   */
  public SimulatedServer(Vertx vertx, ServerState state, SplittableRandom random) {
    this.vertx = vertx;
    this.state = state;
    this.random = random;
    this.server = vertx.createNetServer().connectHandler(this::accepted);
    this.control = new ServerControl(vertx, state);
  }

  /** Listens; fails when a port is taken. */
  public Future<Void> start() {
    String host = state.settings().host();
    return server
        .listen(state.listenPort(), host)
        .recover(cause -> Future.failedFuture(new IOException(cannotListen(cause), cause)))
        .compose(listening -> control.start())
        .onSuccess(ignored -> LOG.info("[{}] listening on {}", id(), new HostPort(host, port())))
        .recover(cause -> server.close().transform(ignored -> Future.failedFuture(cause)));
  }

  private String cannotListen(Throwable cause) {
    HostPort wanted = new HostPort(state.settings().host(), state.settings().port());
    return "[" + id() + "] cannot listen on " + wanted + ": " + cause.getMessage();
  }

  /** Closes the ports and every connection. */
  public Future<Void> stop() {
    return Future.join(server.close(), control.stop()).mapEmpty();
  }

  /** The port it listens on, once started. */
  public int port() {
    return server.actualPort();
  }

  /** The port of HTTP control, once started; 0 when there is none. */
  public int controlPort() {
    return control.port();
  }

  /** The settings in force and the counters. */
  public ServerState state() {
    return state;
  }

  private void accepted(NetSocket socket) {
    ServerSettings settings = state.settings();
    ServerStats stats = state.stats();
    stats.accepted();
    if (settings.chaosPercent() > 0 && random.nextInt(100) < settings.chaosPercent()) {
      stats.droppedByChaos();
      LOG.debug("[{}] chaos — dropping {}", id(), socket.remoteAddress());
      socket.close();
    } else if (!stats.enter(settings.maxConnections())) {
      stats.droppedAtCapacity();
      logFull(socket, settings.maxConnections());
      socket.close();
    } else {
      ServerConnection.serve(vertx, (NetSocketInternal) socket, state, stats::leave);
    }
  }

  private void logFull(NetSocket socket, int max) {
    LOG.warn(
        "[{}] at capacity ({}/{}) — dropping {}",
        id(),
        state.stats().active(),
        max,
        socket.remoteAddress());
  }

  private String id() {
    return state.settings().id();
  }
}
