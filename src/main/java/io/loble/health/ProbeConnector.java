package io.loble.health;

import io.loble.model.HostPort;
import io.loble.net.AddressRace;
import io.loble.net.Literals;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Connects probes as clients are connected: to any of the addresses that a name has, so that one
 * that is dead does not take the backend out of rotation.
 */
final class ProbeConnector {

  private final VertxInternal vertx;

  ProbeConnector(Vertx vertx) {
    this.vertx = (VertxInternal) vertx;
  }

  /** How a probe of one kind connects. */
  interface Dial<C> {

    /** Connects to an address. */
    Future<C> connect(SocketAddress address);

    /** Closes a connection that is not needed. */
    void dispose(C connection);
  }

  /**
   * Resolves where that is needed, and connects.
   *
   * @param timeout for the look-up; a dial has one of its own
   */
  <C> Future<C> connect(HostPort address, Duration timeout, Dial<C> dial) {
    InetAddress literal = Literals.address(address.host());
    if (literal != null) {
      return dial.connect(SocketAddress.inetSocketAddress(address.port(), address.host()));
    }
    return resolve(address, timeout).compose(addresses -> race(addresses, dial));
  }

  private Future<List<InetSocketAddress>> resolve(HostPort address, Duration timeout) {
    Promise<List<InetSocketAddress>> answer = vertx.getOrCreateContext().promise();
    vertx.nameResolver().resolveAll(address.host(), answer::handle);
    return answer
        .future()
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .map(all -> all.stream().map(ip -> at(ip.getAddress(), address.port())).toList())
        .recover(cause -> Future.failedFuture(unresolved(address, cause)));
  }

  private static InetSocketAddress at(InetAddress ip, int port) {
    return new InetSocketAddress(ip, port);
  }

  private static UnknownHostException unresolved(HostPort address, Throwable cause) {
    UnknownHostException failure =
        new UnknownHostException("cannot resolve " + address.host() + ": " + cause.getMessage());
    failure.initCause(cause);
    return failure;
  }

  private <C> Future<C> race(List<InetSocketAddress> addresses, Dial<C> dial) {
    Promise<C> winner = vertx.getOrCreateContext().promise();
    new AddressRace<>(
            addresses, new RaceDialer<>(dial), this::after, winner::complete, winner::fail)
        .start();
    return winner.future();
  }

  private AddressRace.Cancel after(long millis, Runnable action) {
    long timer = vertx.setTimer(millis, id -> action.run());
    return () -> vertx.cancelTimer(timer);
  }

  /** Vert.x cannot give a connect up: one that succeeds too late is disposed of then. */
  private record RaceDialer<C>(Dial<C> dial) implements AddressRace.Dialer<C> {

    @Override
    public AddressRace.Cancel dial(
        InetSocketAddress address, Consumer<C> connected, Consumer<Throwable> failed) {
      dial.connect(SocketAddress.inetSocketAddress(address))
          .onComplete(connected::accept, failed::accept);
      return () -> {};
    }

    @Override
    public void dispose(C connection) {
      dial.dispose(connection);
    }
  }
}
