package io.loble.net;

import io.loble.model.ConnectFailure;
import io.loble.model.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds all addresses of a host: of the hosts file, in its order, or else of Vert.x's resolver,
 * which keeps an answer for as long as its TTL says and, if told so, begins each time with another
 * address. To be used from one context.
 */
public final class Resolver {

  private final VertxInternal vertx;
  private final HostsFile hosts;

  public Resolver(Vertx vertx) {
    this.vertx = (VertxInternal) vertx;
    this.hosts = new HostsFile(this.vertx, this.vertx.nameResolver().options());
  }

  /**
   * The addresses, one or more, in the order in which they should be tried; at once where the host
   * is an address already.
   *
   * @return fails with an {@link UnknownHostException} that says what cannot be resolved and why,
   *     unless it is for what this machine lacks
   */
  public Future<List<InetSocketAddress>> resolve(HostPort address, Duration timeout) {
    InetAddress literal = Literals.address(address.host());
    return literal == null
        ? lookUp(address, timeout)
        : Future.succeededFuture(List.of(new InetSocketAddress(literal, address.port())));
  }

  private Future<List<InetSocketAddress>> lookUp(HostPort address, Duration timeout) {
    return hosts
        .addresses(address.host())
        .compose(found -> found.isEmpty() ? ask(address.host()) : Future.succeededFuture(found))
        .timeout(Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS)
        .map(found -> found.stream().map(ip -> new InetSocketAddress(ip, address.port())).toList())
        .recover(cause -> Future.failedFuture(failure(address, cause)));
  }

  private Future<List<InetAddress>> ask(String host) {
    Promise<List<InetSocketAddress>> answer = Promise.promise();
    vertx.nameResolver().resolveAll(host, answer::handle);
    return answer.future().map(found -> found.stream().map(InetSocketAddress::getAddress).toList());
  }

  private static Throwable failure(HostPort address, Throwable cause) {
    return ConnectError.of(cause).reason() == ConnectFailure.NO_RESOURCES
        ? cause
        : unresolved(address, cause);
  }

  private static UnknownHostException unresolved(HostPort address, Throwable cause) {
    String why = cause instanceof TimeoutException ? "no answer in time" : cause.getMessage();
    UnknownHostException failure =
        new UnknownHostException("cannot resolve " + address.host() + ": " + why);
    failure.initCause(cause);
    return failure;
  }
}
