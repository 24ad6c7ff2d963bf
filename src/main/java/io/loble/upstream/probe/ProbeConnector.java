package io.loble.upstream.probe;

import io.loble.model.Address;
import io.loble.model.HostPort;
import io.loble.model.UnixPath;
import io.loble.net.AddressRace;
import io.loble.net.Resolver;
import io.loble.net.UnixConnectException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Connects probes as clients are connected: to any of the addresses that a name has, so that one
 * that is dead does not take the backend out of rotation.
 *
 * @param <C> the connection
 */
final class ProbeConnector<C> {

  private static final long RETRY_MILLIS = 10;

  private final Vertx vertx;
  private final Resolver resolver;
  private final Dial<C> dial;

  ProbeConnector(Vertx vertx, Resolver resolver, Dial<C> dial) {
    this.vertx = vertx;
    this.resolver = resolver;
    this.dial = dial;
  }

  /** How a probe of one kind connects. */
  interface Dial<C> {

    /** Connects to an address, or fails after that time. */
    Future<C> connect(InetSocketAddress address, Duration timeout);

    /** Connects to a Unix socket, or fails after that time. */
    Future<C> connect(UnixPath path, Duration timeout);

    /** Closes a connection. */
    void dispose(C connection);
  }

  /** Resolves where that is needed, and connects, in that time together. */
  Future<C> connect(Address address, Duration timeout) {
    long endNanos = System.nanoTime() + timeout.toNanos();
    return address instanceof HostPort host
        ? resolver.resolve(host, timeout).compose(addresses -> race(addresses, endNanos))
        : connect((UnixPath) address, endNanos);
  }

  /** Where the backlog of a Unix socket is full, a connect fails at once instead of waiting. */
  private Future<C> connect(UnixPath path, long endNanos) {
    return dial.connect(path, left(endNanos))
        .recover(
            cause -> {
              UnixConnectException failure = new UnixConnectException(cause);
              return failure.isOfFullBacklog() && System.nanoTime() < endNanos
                  ? vertx
                      .timer(RETRY_MILLIS, TimeUnit.MILLISECONDS)
                      .compose(waited -> connect(path, endNanos))
                  : Future.failedFuture(failure);
            });
  }

  /** Closes a connection. */
  void dispose(C connection) {
    dial.dispose(connection);
  }

  private Future<C> race(List<InetSocketAddress> addresses, long endNanos) {
    Promise<C> winner = Promise.promise();
    new AddressRace<>(
            addresses,
            left(endNanos),
            new RaceDialer(endNanos),
            this::after,
            winner::complete,
            winner::fail)
        .start();
    return winner.future();
  }

  private static Duration left(long endNanos) {
    long millis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
    return Duration.ofMillis(Math.max(1, millis));
  }

  private AddressRace.Cancel after(long millis, Runnable action) {
    long timer = vertx.setTimer(millis, id -> action.run());
    return () -> vertx.cancelTimer(timer);
  }

  /** Vert.x cannot give a connect up: one that succeeds too late is disposed of then. */
  private final class RaceDialer implements AddressRace.Dialer<C> {

    private final long endNanos;

    RaceDialer(long endNanos) {
      this.endNanos = endNanos;
    }

    @Override
    public AddressRace.Cancel dial(
        InetSocketAddress address, Consumer<C> connected, Consumer<Throwable> failed) {
      dial.connect(address, left(endNanos)).onComplete(connected::accept, failed::accept);
      return () -> {};
    }

    @Override
    public void dispose(C connection) {
      dial.dispose(connection);
    }
  }
}
