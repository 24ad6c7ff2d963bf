package io.loble.proxy;

import io.loble.config.ListenerConfig;
import io.loble.model.HostPort;
import io.loble.model.TcpSettings;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Vert.x's {@link NetServer} and {@link NetClient}, for the transports without one of our own. */
final class VertxSockets implements Sockets {

  private final Vertx vertx;
  private final NetClient client;
  private final ListenerRegistry registry;

  VertxSockets(Vertx vertx) {
    this.vertx = vertx;
    this.client = vertx.createNetClient(new NetClientOptions().setReconnectAttempts(0));
    this.registry = new ListenerRegistry(vertx);
  }

  @Override
  public Future<Binding> listen(Listener listener, HostPort address) {
    boolean shared = listener.config().reusePort();
    if (shared && !vertx.isNativeTransportEnabled()) {
      return Future.failedFuture("reuse_port needs another transport than nio");
    }
    int port = address.port() == 0 ? registry.sharedAnyPort(listener.name()) : address.port();
    return vertx
        .createNetServer(
            new NetServerOptions()
                .setAcceptBacklog(ListenGroup.BACKLOG)
                .setTcpNoDelay(true)
                .setReusePort(shared))
        .connectHandler(socket -> accepted(listener, channel(socket)))
        .listen(port, address.host())
        .map(VertxBinding::new);
  }

  private static void accepted(Listener listener, Channel client) {
    if (client.remoteAddress() instanceof InetSocketAddress address) {
      listener.accepted(new ChannelPump(client), address);
    } else {
      // It was gone before its address could be read.
      client.close();
    }
  }

  private record VertxBinding(NetServer server) implements Binding {
    @Override
    public int port() {
      return server.actualPort();
    }

    @Override
    public void reconfigured() {
      // Nothing of the listener is kept here.
    }

    @Override
    public Future<Boolean> handOver() {
      // Not all kernels can be told who is to get the next client.
      return Future.succeededFuture(false);
    }

    @Override
    public Future<Void> close(long millis) {
      return server.shutdown(millis, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public TcpSettings notInherited(ListenerConfig listener) {
    return listener.tcp();
  }

  @Override
  public Connect connect(InetSocketAddress address, Duration timeout, ConnectEvents events) {
    ConnectOptions options =
        new ConnectOptions()
            .setRemoteAddress(SocketAddress.inetSocketAddress(address))
            .setTimeout(Math.toIntExact(timeout.toMillis()));
    client
        .connect(options)
        .onComplete(
            socket -> events.connected(new ChannelPump(channel(socket))), events::connectFailed);
    // Vert.x cannot give a connect up.
    return () -> {};
  }

  @Override
  public void tick(long now) {
    // Vert.x has timers of its own.
  }

  private static Channel channel(NetSocket socket) {
    return ((NetSocketInternal) socket).channelHandlerContext().channel();
  }
}
