package io.loble.proxy;

import io.loble.model.Address;
import io.loble.model.HostPort;
import io.loble.model.Pool;
import io.loble.model.UnixPath;
import io.loble.net.AddressRace;
import io.loble.net.Dial;
import io.loble.net.DialEvents;
import io.loble.net.DialOptions;
import io.loble.net.Literals;
import io.loble.net.LoopException;
import io.loble.net.Resolver;
import io.loble.net.SourcedDial;
import io.loble.net.Stream;
import io.loble.net.StreamKind;
import io.loble.net.Transport;
import io.loble.net.UnixConnectException;
import io.netty.util.NetUtil;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Connects to backends from the event loop it is called on. A host name is resolved for each
 * connect, by Vert.x's resolver, which keeps an answer for as long as its TTL says.
 */
final class Connector {

  private final Vertx vertx;
  private final Transport transport;
  private final OwnListeners own;
  private final Resolver resolver;

  Connector(Vertx vertx, Transport transport, OwnListeners own) {
    this.vertx = vertx;
    this.transport = transport;
    this.own = own;
    this.resolver = new Resolver(vertx);
  }

  /**
   * Resolves where that is needed, and connects, in that time together. All addresses of a name are
   * tried.
   *
   * @param pool for whose clients, and from which of its source addresses; a backend that would
   *     lead them back to it is not connected to
   * @param kind of the stream
   */
  Dial connect(Pool pool, Address address, StreamKind kind, long timeoutMillis, DialEvents events) {
    return address instanceof HostPort tcp
        ? connect(pool, tcp, kind, timeoutMillis, events)
        : connect(pool, (UnixPath) address, kind, timeoutMillis, events);
  }

  private Dial connect(
      Pool pool, UnixPath path, StreamKind kind, long timeoutMillis, DialEvents events) {
    if (own.leadsBack(path, pool.name())) {
      return refused(path.toString(), events);
    }
    return transport.dial(
        path,
        new DialOptions(Duration.ofMillis(timeoutMillis), kind),
        new Callbacks(
            events::connected, cause -> events.connectFailed(new UnixConnectException(cause))));
  }

  private Dial connect(
      Pool pool, HostPort address, StreamKind kind, long timeoutMillis, DialEvents events) {
    InetAddress literal = Literals.address(address.host());
    if (literal == null) {
      return resolveAndConnect(pool, address, kind, timeoutMillis, events);
    }
    InetSocketAddress target = new InetSocketAddress(literal, address.port());
    if (own.leadsBack(target, pool.name())) {
      return refused(NetUtil.toSocketAddressString(target), events);
    }
    return dial(pool, target, kind, Duration.ofMillis(timeoutMillis), events);
  }

  /** Not before this method has returned. */
  private Dial refused(String ownAddress, DialEvents events) {
    vertx
        .getOrCreateContext()
        .runOnContext(later -> events.connectFailed(new LoopException(ownAddress)));
    return () -> {};
  }

  private Dial dial(
      Pool pool, InetSocketAddress target, StreamKind kind, Duration timeout, DialEvents events) {
    List<InetAddress> sources = pool.outbound().source().towards(target.getAddress());
    DialOptions options = new DialOptions(timeout, kind);
    return sources.isEmpty()
        ? transport.dial(target, options, events)
        : SourcedDial.start(
            transport, target, sources, pool.stats().nextSource(sources.size()), options, events);
  }

  private Dial resolveAndConnect(
      Pool pool, HostPort address, StreamKind kind, long timeoutMillis, DialEvents events) {
    NamedConnect connect = new NamedConnect(pool, address, kind, timeoutMillis, events);
    resolver
        .resolve(address, Duration.ofMillis(timeoutMillis))
        .onComplete(connect::resolved, connect::notResolved);
    return connect;
  }

  /** A connect to a name, which may have several addresses. */
  private final class NamedConnect implements Dial, AddressRace.Dialer<Stream> {

    private final Pool pool;
    private final HostPort address;
    private final StreamKind kind;
    private final long endNanos;
    private final DialEvents events;
    private @Nullable AddressRace<Stream> race;
    private boolean cancelled;

    NamedConnect(
        Pool pool, HostPort address, StreamKind kind, long timeoutMillis, DialEvents events) {
      this.pool = pool;
      this.address = address;
      this.kind = kind;
      this.endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
      this.events = events;
    }

    void resolved(List<InetSocketAddress> answer) {
      if (cancelled) {
        return;
      }
      List<InetSocketAddress> addresses =
          answer.stream().filter(target -> !own.leadsBack(target, pool.name())).toList();
      if (addresses.isEmpty()) {
        events.connectFailed(new LoopException(address.toString()));
      } else {
        race =
            new AddressRace<>(
                addresses,
                timeLeft(),
                this,
                Connector.this::after,
                events::connected,
                events::connectFailed);
        race.start();
      }
    }

    void notResolved(Throwable cause) {
      if (!cancelled) {
        events.connectFailed(cause);
      }
    }

    @Override
    public AddressRace.Cancel dial(
        InetSocketAddress target, Consumer<Stream> connected, Consumer<Throwable> failed) {
      DialEvents callbacks = new Callbacks(connected, failed);
      return Connector.this.dial(pool, target, kind, timeLeft(), callbacks)::cancel;
    }

    private Duration timeLeft() {
      long millis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
      return Duration.ofMillis(Math.max(1, millis));
    }

    @Override
    public void dispose(Stream late) {
      late.reset();
    }

    @Override
    public void cancel() {
      if (!cancelled) {
        cancelled = true;
        if (race != null) {
          race.cancel();
        }
        events.connectFailed(new CancellationException());
      }
    }
  }

  private record Callbacks(Consumer<Stream> onConnected, Consumer<Throwable> onFailed)
      implements DialEvents {

    @Override
    public void connected(Stream stream) {
      onConnected.accept(stream);
    }

    @Override
    public void connectFailed(Throwable cause) {
      onFailed.accept(cause);
    }
  }

  private AddressRace.Cancel after(long millis, Runnable action) {
    long timer = vertx.setTimer(millis, id -> action.run());
    return () -> vertx.cancelTimer(timer);
  }
}
