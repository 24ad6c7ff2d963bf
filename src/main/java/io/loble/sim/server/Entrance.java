package io.loble.sim.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.VertxInternal;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening socket of a server, which its instances share: clients are given to them in turn.
 * Vert.x's own cannot be told to leave clients in the kernel's queue.
 */
@Sharable
final class Entrance extends ChannelInboundHandlerAdapter {

  /** Takes clients over. */
  interface Instance {

    /**
     * Called on the listening socket's event loop.
     *
     * @param client not yet registered with an event loop
     */
    void take(Channel client, Chances chances);
  }

  private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

  private static final long PAUSE_MILLIS = 200;

  private final ServerState state;
  private final List<Instance> instances = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable Future<Channel>> listening = new AtomicReference<>();

  // What follows is used on the listening socket's event loop.
  private final SplittableRandom random;
  private final Queue<Channel> held = new ArrayDeque<>();
  private int turn;

  /**
   * @param random decides what happens to clients: to the first, the second and so on always the
   *     same
   */
  Entrance(ServerState state, SplittableRandom random) {
    this.state = state;
    this.random = random;
  }

  /** Listens if no instance does yet, and completes with the port; fails when that is taken. */
  Future<Integer> join(VertxInternal vertx, Instance instance) {
    instances.add(instance);
    Promise<Channel> promise = Promise.promise();
    Future<Channel> before = listening.compareAndExchange(null, promise.future());
    if (before == null) {
      listen(vertx, promise);
    }
    return (before == null ? promise.future() : before)
        .map(channel -> ((InetSocketAddress) channel.localAddress()).getPort());
  }

  /** Stops listening, for all instances; clients that wait to be accepted are reset. */
  Future<Void> close() {
    Future<Channel> current = listening.get();
    return current == null
        ? Future.succeededFuture()
        : current.transform(
            opened -> opened.succeeded() ? close(opened.result()) : Future.succeededFuture());
  }

  private static Future<Void> close(Channel channel) {
    Promise<Void> closed = Promise.promise();
    channel.close().addListener(done -> afterSelect(channel, closed));
    return closed.future();
  }

  /** Java's own sockets give up their port not when they are closed, but at the next select. */
  private static void afterSelect(Channel channel, Promise<Void> closed) {
    try {
      channel.eventLoop().schedule(() -> closed.tryComplete(), 1, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The event loop has ended, and its selector with it.
      closed.tryComplete();
    }
  }

  private void listen(VertxInternal vertx, Promise<Channel> promise) {
    ServerSettings settings = state.settings();
    vertx
        .nameResolver()
        .resolve(settings.host())
        .compose(host -> bind(vertx, new InetSocketAddress(host, settings.port())))
        .onComplete(promise);
  }

  private Future<Channel> bind(VertxInternal vertx, InetSocketAddress address) {
    Channel channel = vertx.transport().serverChannelFactory(false).newChannel();
    channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
    channel.config().setOption(ChannelOption.SO_BACKLOG, state.settings().backlog());
    channel.config().setAutoRead(false);
    channel.pipeline().addLast(this);
    Runnable watcher = () -> channel.eventLoop().execute(() -> settingsChanged(channel));
    channel.closeFuture().addListener(closed -> state.unwatch(watcher));
    return done(vertx.acceptorEventLoopGroup().register(channel))
        .compose(registered -> done(channel.bind(address)))
        .map(channel)
        .onSuccess(
            listening -> {
              state.watch(watcher);
              watcher.run();
            })
        .onFailure(cause -> channel.close());
  }

  private static Future<Void> done(ChannelFuture doing) {
    Promise<Void> promise = Promise.promise();
    doing.addListener(
        done -> {
          if (done.isSuccess()) {
            promise.complete();
          } else {
            promise.fail(done.cause());
          }
        });
    return promise.future();
  }

  private boolean isFrozen() {
    return state.settings().behaviour().faults().freezeAccept();
  }

  private void settingsChanged(Channel channel) {
    while (!isFrozen() && !held.isEmpty()) {
      handOut(held.remove());
    }
    if (channel.isActive()) {
      channel.config().setAutoRead(!isFrozen());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    Channel client = (Channel) message;
    if (isFrozen()) {
      // Accepted just when the settings changed.
      held.add(client);
    } else {
      handOut(client);
    }
  }

  private void handOut(Channel client) {
    turn = (turn + 1) % instances.size();
    instances.get(turn).take(client, new Chances(random));
  }

  /** Descriptors or memory have run out; trying at once again would only burn the processor. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.warn("[{}] cannot accept: {}", state.settings().id(), cause.toString());
    Channel channel = context.channel();
    channel.config().setAutoRead(false);
    channel
        .eventLoop()
        .schedule(() -> settingsChanged(channel), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    held.forEach(client -> client.unsafe().closeForcibly());
    held.clear();
  }
}
