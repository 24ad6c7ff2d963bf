package io.loble.sim.server;

import io.loble.model.HostPort;
import io.loble.sim.Resets;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.vertx.core.Closeable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server of the line protocol that can be slow, full, flaky or stuck.
 *
 * <p>Several of them may be given the same {@link ServerState}: they then share the same ports,
 * each on its own event loop, count together, and are stopped together. Each is started once. Its
 * methods may be called from any thread.
 */
public final class SimulatedServer {

  private static final Logger LOG = LoggerFactory.getLogger(SimulatedServer.class);

  private final VertxInternal vertx;
  private final ServerState state;
  private final ContextInternal context;
  private final EventLoop loop;
  private final ServerControl control;
  private final StatsLog statsLog;
  private final Runnable watcher = this::settingsChanged;
  private final Closeable closeHook = done -> stop().onComplete(done);
  private final Promise<Void> ended = Promise.promise();

  // Used on the event loop.
  private final Set<ServerConnection> connections = new HashSet<>();
  private boolean ending;

  private volatile int port;

  /** A server of its own. */
  public SimulatedServer(Vertx vertx, ServerSettings settings) {
    this(vertx, new ServerState(settings));
  }

  /** An instance of a server; lives on the event loop it is made on, or else on any. */
  public SimulatedServer(Vertx vertx, ServerState state) {
    this.vertx = (VertxInternal) vertx;
    this.state = state;
    this.context =
        Vertx.currentContext() instanceof ContextInternal current && current.owner() == vertx
            ? current
            : this.vertx.createEventLoopContext();
    this.loop = context.nettyEventLoop();
    this.control = new ServerControl(vertx, state);
    this.statsLog = new StatsLog(state);
  }

  /** Listens; fails when a port is taken. */
  public Future<Void> start() {
    context.addCloseHook(closeHook);
    state.watch(watcher);
    return state
        .entrance()
        .join(vertx, this::take)
        .recover(cause -> Future.failedFuture(new IOException(cannotListen(cause), cause)))
        .onSuccess(actual -> port = actual)
        .compose(listening -> control.start())
        .onSuccess(ignored -> started())
        .recover(cause -> kill().transform(ignored -> Future.failedFuture(cause)));
  }

  private void started() {
    if (state.lead()) {
      LOG.info("[{}] listening on {}", id(), new HostPort(state.settings().host(), port));
      LOG.info("[{}] what is left to chance follows seed {}", id(), state.seed());
      statsLog.start(loop);
    }
  }

  private String cannotListen(Throwable cause) {
    HostPort wanted = new HostPort(state.settings().host(), state.settings().port());
    return "[" + id() + "] cannot listen on " + wanted + ": " + cause.getMessage();
  }

  /**
   * Stops gracefully: listens no more, gives the answers that are due on its connections, and
   * closes each that has none due. What is left after {@code stop_ms} is reset.
   *
   * @return completes when all connections are closed and the ports are free
   */
  public Future<Void> stop() {
    return end(
        () -> {
          List.copyOf(connections).forEach(ServerConnection::finish);
          long millis = state.settings().behaviour().stopMillis();
          var unused = loop.schedule(this::resetAll, millis, TimeUnit.MILLISECONDS);
        });
  }

  /**
   * Ends as a process does that is killed: listens no more, and resets every connection of this
   * instance at once.
   *
   * @return completes when all connections are closed and the ports are free
   */
  public Future<Void> kill() {
    return end(this::resetAll);
  }

  private Future<Void> end(Runnable connectionsEnd) {
    context.removeCloseHook(closeHook);
    state.unwatch(watcher);
    statsLog.stop();
    // The port goes first: a client that is closed and comes again at once must not get in.
    Future<Void> closed =
        state.entrance().close().onComplete(done -> endConnections(connectionsEnd));
    return Future.join(closed, control.stop()).transform(done -> ended.future());
  }

  private void endConnections(Runnable connectionsEnd) {
    try {
      loop.execute(
          () -> {
            ending = true;
            connectionsEnd.run();
            endedIfEmpty();
          });
    } catch (RejectedExecutionException e) {
      // Vert.x is closed, and has closed every connection.
      ended.tryComplete();
    }
  }

  private void resetAll() {
    List.copyOf(connections).forEach(ServerConnection::reset);
  }

  private void endedIfEmpty() {
    if (ending && connections.isEmpty()) {
      ended.tryComplete();
    }
  }

  /** The port it listens on, once started. */
  public int port() {
    return port;
  }

  /** The port of HTTP control, once started; 0 when there is none. */
  public int controlPort() {
    return control.port();
  }

  /** The settings in force and the counters. */
  public ServerState state() {
    return state;
  }

  private void settingsChanged() {
    try {
      loop.execute(() -> List.copyOf(connections).forEach(ServerConnection::settingsChanged));
    } catch (RejectedExecutionException e) {
      // Vert.x is closed, and has closed every connection.
    }
  }

  private void take(Channel client, Chances chances) {
    try {
      client.config().setAutoRead(false);
      client.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
      client.config().setOption(ChannelOption.TCP_NODELAY, true);
      loop.execute(() -> register(client, chances));
    } catch (ChannelException | RejectedExecutionException e) {
      // The client is gone already, or Vert.x is closed.
      client.unsafe().closeForcibly();
    }
  }

  /**
   * On the event loop, so that nothing happens between the registration and its listener. The end
   * of a client's input is read with all that came before it, whether that is wanted or not.
   */
  private void register(Channel client, Chances chances) {
    loop.register(client)
        .addListener(
            registered -> {
              if (registered.isSuccess()) {
                accepted(client, chances);
              } else {
                client.unsafe().closeForcibly();
              }
            });
  }

  private void accepted(Channel client, Chances chances) {
    if (ending) {
      Resets.now(client);
      return;
    }
    ServerBehaviour behaviour = state.settings().behaviour();
    ServerStats stats = state.stats();
    stats.accepted();
    if (chances.dropped(behaviour.chaosPercent())) {
      stats.droppedByChaos();
      LOG.debug("[{}] chaos — dropping {}", id(), Peers.address(client));
      client.close();
    } else if (!stats.enter(behaviour.maxConnections())) {
      stats.droppedAtCapacity();
      logFull(client, behaviour.maxConnections());
      client.close();
    } else {
      connections.add(ServerConnection.serve(client, state, chances, this::left));
    }
  }

  private void left(ServerConnection connection) {
    connections.remove(connection);
    state.stats().leave();
    endedIfEmpty();
  }

  private void logFull(Channel client, int max) {
    LOG.warn(
        "[{}] at capacity ({}/{}) — dropping {}",
        id(),
        state.stats().active(),
        max,
        Peers.address(client));
  }

  private String id() {
    return state.settings().id();
  }
}
