package io.loble.proxy;

import io.loble.config.ListenerConfig;
import io.loble.model.HostPort;
import io.loble.model.TcpSettings;
import io.loble.net.Literals;
import io.netty.channel.ChannelException;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Linux's own sockets, on the event loop of the verticle: from accept to close with the fewest
 * system calls that the protocol allows. Only a client that is handed on changes the thread.
 */
final class EpollSockets implements Sockets {

  private final VertxInternal vertx;
  private final Worker worker;
  private final EpollLoop loop;
  private final DeadlineWheel<EpollConnect> connecting =
      new DeadlineWheel<>(EpollConnect::timedOut);

  private final Set<EpollListener> listening = new HashSet<>();

  EpollSockets(Vertx vertx, Worker worker, EpollLoop loop) {
    this.vertx = (VertxInternal) vertx;
    this.worker = worker;
    this.loop = loop;
    this.vertx.getOrCreateContext().addCloseHook(this::close);
  }

  @Override
  public Future<Binding> listen(Listener listener, HostPort address) {
    return resolve(address.host()).compose(host -> attempt(() -> open(listener, host, address)));
  }

  private Future<InetAddress> resolve(String host) {
    InetAddress literal = Literals.address(host);
    return literal == null ? vertx.nameResolver().resolve(host) : Future.succeededFuture(literal);
  }

  private Binding open(Listener listener, InetAddress host, HostPort address) throws IOException {
    if (loop.isClosed()) {
      throw new IOException("the verticle is gone");
    }
    ListenGroup group = ListenGroup.of(vertx, listener.name(), address);
    EpollListener opened =
        group.join(
            host,
            address.port(),
            listener.config().reusePort(),
            socket -> new EpollListener(loop, worker, listener, group, socket));
    listening.add(opened);
    return new EpollBinding(opened, group);
  }

  private final class EpollBinding implements Binding {
    private final EpollListener listener;
    private final ListenGroup group;

    EpollBinding(EpollListener listener, ListenGroup group) {
      this.listener = listener;
      this.group = group;
    }

    @Override
    public int port() {
      return group.port();
    }

    @Override
    public void reconfigured() {
      listener.passOnTcpSettings();
    }

    @Override
    public Future<Boolean> handOver() {
      return vertx.executeBlocking(group::handOver, false);
    }

    @Override
    public Future<Void> close(long millis) {
      listening.remove(listener);
      listener.closeAfterTheWaiting();
      return Future.succeededFuture();
    }
  }

  @Override
  public TcpSettings notInherited(ListenerConfig listener) {
    return TcpSettings.NONE;
  }

  @Override
  public Connect connect(InetSocketAddress address, Duration timeout, ConnectEvents events) {
    try {
      EpollSocket socket = new EpollSocket(loop, EpollSocket.open(address.getAddress()));
      EpollConnect connect = new EpollConnect(loop, connecting, events, socket, address);
      connect.start(timeout.toMillis());
      return connect;
    } catch (ChannelException e) {
      // Descriptors have run out.
      loop.execute(() -> events.connectFailed(e));
      return () -> {};
    }
  }

  @Override
  public void tick(long now) {
    connecting.advanceTo(now);
  }

  /** The verticle is gone, drained or not: nothing of it may be left. */
  private void close(Completable<Void> done) {
    loop.execute(
        () -> {
          listening.forEach(EpollListener::close);
          loop.close();
          // Sessions first: one that is not over would answer a failed connect with the next.
          worker.abort();
          connecting.entries().forEach(EpollConnect::abort);
          done.succeed();
        });
  }

  private static <T> Future<T> attempt(Callable<T> action) {
    try {
      return Future.succeededFuture(action.call());
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }
}
