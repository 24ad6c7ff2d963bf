package io.loble.net.epoll;

import io.loble.model.FileMode;
import io.loble.model.HostPort;
import io.loble.model.TcpSettings;
import io.loble.model.UnixPath;
import io.loble.net.Acceptor;
import io.loble.net.Binding;
import io.loble.net.DeadlineWheel;
import io.loble.net.Dial;
import io.loble.net.DialEvents;
import io.loble.net.DialOptions;
import io.loble.net.ListenOptions;
import io.loble.net.Literals;
import io.loble.net.LoopLoad;
import io.loble.net.RelayTuning;
import io.loble.net.StreamKind;
import io.loble.net.Transport;
import io.loble.net.Transports;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Linux's own sockets, on the event loop of the verticle: from accept to close with the fewest
 * system calls that the protocol allows. Only a client that is handed on changes the thread.
 */
public final class EpollTransport implements Transport {

  private final VertxInternal vertx;
  private final EpollLoop loop;
  private final Runnable ended;
  private final DeadlineWheel<EpollDial> dialing = new DeadlineWheel<>(EpollDial::timedOut);
  private final Set<EpollListener> listening = new HashSet<>();

  /**
   * The transport of the event loop of the context this is called on.
   *
   * @param load how many connections that event loop has; one that has clearly more than another
   *     hands clients on
   * @param ended is to end all connections at once: the verticle is gone
   */
  public EpollTransport(Vertx vertx, RelayTuning tuning, LoopLoad load, Runnable ended) {
    this.vertx = (VertxInternal) vertx;
    this.loop = new EpollLoop(vertx, tuning, load);
    this.ended = ended;
    this.vertx.getOrCreateContext().addCloseHook(this::close);
  }

  /** Whether the event loops of a Vert.x instance are of this kind. */
  public static boolean isUnder(Vertx vertx) {
    return Transports.nameOf(vertx).equals("epoll");
  }

  @Override
  public Future<Binding> listen(ListenOptions options, Acceptor acceptor) {
    if (options.address() instanceof HostPort tcp) {
      return resolve(tcp.host()).compose(host -> attempt(() -> open(options, acceptor, tcp, host)));
    }
    return attempt(() -> open(options, acceptor, (UnixPath) options.address()));
  }

  private Future<InetAddress> resolve(String host) {
    InetAddress literal = Literals.address(host);
    return literal == null ? vertx.nameResolver().resolve(host) : Future.succeededFuture(literal);
  }

  private Binding open(ListenOptions options, Acceptor acceptor, HostPort address, InetAddress host)
      throws IOException {
    checkOpen();
    PortGroup group = PortGroup.of(vertx, options.name(), address);
    return binding(
        group.join(
            new InetSocketAddress(host, address.port()),
            options,
            socket -> new EpollListener(loop, options, acceptor, group, SocketKind.TCP, socket)));
  }

  private Binding open(ListenOptions options, Acceptor acceptor, UnixPath path) throws IOException {
    checkOpen();
    return binding(
        UnixSockets.of(vertx)
            .join(
                path,
                options,
                (group, socket) ->
                    new EpollListener(loop, options, acceptor, group, SocketKind.UNIX, socket)));
  }

  private void checkOpen() throws IOException {
    if (loop.isClosed()) {
      throw new IOException("the verticle is gone");
    }
  }

  private Binding binding(EpollListener opened) {
    listening.add(opened);
    return new EpollBinding(opened);
  }

  private final class EpollBinding implements Binding {
    private final EpollListener listener;

    EpollBinding(EpollListener listener) {
      this.listener = listener;
    }

    @Override
    public int port() {
      return listener.group().port();
    }

    @Override
    public void setTcp(TcpSettings tcp) {
      listener.passOn(tcp);
    }

    @Override
    public void setKind(StreamKind kind) {
      listener.setKind(kind);
    }

    @Override
    public boolean setBacklog(int backlog) {
      return listener.setBacklog(backlog);
    }

    @Override
    public boolean setMode(FileMode mode) {
      return listener.setMode(mode);
    }

    @Override
    public Future<Boolean> handOver() {
      return vertx.executeBlocking(listener.group()::handOver, false);
    }

    @Override
    public Future<Void> close(long millis) {
      listening.remove(listener);
      listener.acceptPendingAndClose();
      return Future.succeededFuture();
    }
  }

  @Override
  public TcpSettings notInherited(TcpSettings tcp) {
    return TcpSettings.NONE;
  }

  @Override
  public Dial dial(InetSocketAddress address, DialOptions options, DialEvents events) {
    return dial(
        () ->
            new EpollSocket(loop.handles(), SocketKind.TCP, EpollSocket.open(address.getAddress())),
        address,
        options,
        events);
  }

  @Override
  public Dial dial(UnixPath path, DialOptions options, DialEvents events) {
    return dial(
        () -> new EpollSocket(loop.handles(), SocketKind.UNIX, Socket.newSocketDomain()),
        new DomainSocketAddress(path.path()),
        options,
        events);
  }

  private Dial dial(
      Supplier<EpollSocket> opener, SocketAddress address, DialOptions options, DialEvents events) {
    try {
      EpollDial dial = new EpollDial(loop, dialing, events, opener.get(), address, options.kind());
      dial.start(options.from(), options.timeout().toMillis());
      return dial;
    } catch (ChannelException e) {
      // Descriptors have run out.
      loop.execute(() -> events.connectFailed(e));
      return () -> {};
    }
  }

  @Override
  public void tick(long now) {
    dialing.advanceTo(now);
  }

  /** The verticle is gone, drained or not: nothing of it may be left. */
  private void close(Completable<Void> done) {
    loop.execute(
        () -> {
          listening.forEach(EpollListener::close);
          loop.close();
          // Connections first: one that is not over would answer a failed connect with the next.
          ended.run();
          dialing.entries().forEach(EpollDial::abort);
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
