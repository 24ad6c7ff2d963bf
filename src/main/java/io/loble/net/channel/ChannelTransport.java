package io.loble.net.channel;

import io.loble.model.FileMode;
import io.loble.model.HostPort;
import io.loble.model.TcpSettings;
import io.loble.model.UnixPath;
import io.loble.net.Acceptor;
import io.loble.net.Binding;
import io.loble.net.Dial;
import io.loble.net.DialEvents;
import io.loble.net.DialOptions;
import io.loble.net.ListenOptions;
import io.loble.net.Literals;
import io.loble.net.StreamKind;
import io.loble.net.Transport;
import io.loble.net.Transports;
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
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x's {@link NetServer} and {@link NetClient}: the only transport where there is none of our
 * own, and the one of sides that need a pipeline.
 */
public final class ChannelTransport implements Transport {

  private final Vertx vertx;
  private final NetClient client;

  /** By the address they connect from; few, for they are addresses of this machine. */
  private final Map<InetAddress, NetClient> bound = new HashMap<>();

  /** The transport of the event loop of the context this is called on. */
  public ChannelTransport(Vertx vertx) {
    this.vertx = vertx;
    // Without it the last packet of the handshake waits for data: a server that speaks first, or
    // ends at once, would learn of the connection 40 to 200 ms late.
    this.client = vertx.createNetClient(options());
  }

  private static NetClientOptions options() {
    return new NetClientOptions().setReconnectAttempts(0).setTcpQuickAck(true);
  }

  private NetClient client(@Nullable InetAddress from) {
    return from == null
        ? client
        : bound.computeIfAbsent(
            from,
            address -> vertx.createNetClient(options().setLocalAddress(address.getHostAddress())));
  }

  @Override
  public Future<Binding> listen(ListenOptions options, Acceptor acceptor) {
    if (!(options.address() instanceof HostPort address)) {
      return Future.failedFuture(Transports.withoutUnixSockets(vertx));
    }
    return listen(options, address, acceptor);
  }

  private Future<Binding> listen(ListenOptions options, HostPort address, Acceptor acceptor) {
    if (options.reusePort() && !vertx.isNativeTransportEnabled()) {
      return Future.failedFuture("reuse_port needs another transport than nio");
    }
    if (options.v6only() && !isIpv4(address.host())) {
      return Future.failedFuture("v6only needs transport epoll");
    }
    int wanted = address.port();
    int port = wanted == 0 ? AnyPorts.of(vertx, options.name()) : wanted;
    return vertx
        .createNetServer(
            new NetServerOptions()
                .setAcceptBacklog(options.backlog())
                .setTcpNoDelay(true)
                .setReusePort(options.reusePort()))
        .connectHandler(socket -> accepted(acceptor, channel(socket)))
        .listen(port, address.host())
        .map(ChannelBinding::new);
  }

  private static boolean isIpv4(String host) {
    return Literals.address(host) instanceof Inet4Address;
  }

  private static void accepted(Acceptor acceptor, Channel client) {
    if (client.remoteAddress() instanceof InetSocketAddress address) {
      acceptor.accepted(new ChannelStream(client), address);
    } else {
      // It was gone before its address could be read.
      client.close();
    }
  }

  private record ChannelBinding(NetServer server) implements Binding {
    @Override
    public int port() {
      return server.actualPort();
    }

    @Override
    public void setTcp(TcpSettings tcp) {
      // Nothing of it is inherited here.
    }

    @Override
    public void setKind(StreamKind kind) {
      // There is but one.
    }

    @Override
    public boolean setBacklog(int backlog) {
      return false;
    }

    @Override
    public boolean setMode(FileMode mode) {
      return true;
    }

    @Override
    public Future<Boolean> handOver() {
      // Not all kernels can be told which process is to get the next client.
      return Future.succeededFuture(false);
    }

    @Override
    public Future<Void> close(long millis) {
      return server.shutdown(millis, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public TcpSettings notInherited(TcpSettings tcp) {
    return tcp;
  }

  @Override
  public Dial dial(InetSocketAddress address, DialOptions options, DialEvents events) {
    ConnectOptions connect =
        new ConnectOptions()
            .setRemoteAddress(SocketAddress.inetSocketAddress(address))
            .setTimeout(Math.toIntExact(options.timeout().toMillis()));
    client(options.from())
        .connect(connect)
        .onComplete(
            socket -> events.connected(new ChannelStream(channel(socket))), events::connectFailed);
    // Vert.x cannot give a connect up.
    return () -> {};
  }

  @Override
  public Dial dial(UnixPath path, DialOptions options, DialEvents events) {
    vertx
        .getOrCreateContext()
        .runOnContext(
            later -> events.connectFailed(new IOException(Transports.withoutUnixSockets(vertx))));
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
