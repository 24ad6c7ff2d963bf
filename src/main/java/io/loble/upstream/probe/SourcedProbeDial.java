package io.loble.upstream.probe;

import io.loble.model.SourceAddresses;
import io.loble.model.UnixPath;
import io.loble.net.SourceException;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Connects probes from the source addresses in turn, and from the next one where an address is not
 * there or has no port left. Used on one event loop.
 */
final class SourcedProbeDial<C> implements ProbeConnector.Dial<C> {

  private final ProbeClients<C> clients;
  private final SourceAddresses sources;
  private int turn;

  SourcedProbeDial(ProbeClients<C> clients, SourceAddresses sources) {
    this.clients = clients;
    this.sources = sources;
  }

  @Override
  public Future<C> connect(InetSocketAddress target, Duration timeout) {
    List<InetAddress> all = sources.towards(target.getAddress());
    return all.isEmpty()
        ? clients.from(null).connect(target, timeout)
        : connect(target, timeout, all, all.size());
  }

  @Override
  public Future<C> connect(UnixPath path, Duration timeout) {
    return clients.from(null).connect(path, timeout);
  }

  private Future<C> connect(
      InetSocketAddress target, Duration timeout, List<InetAddress> all, int left) {
    InetAddress source = all.get(Math.floorMod(turn++, all.size()));
    return clients
        .from(source)
        .connect(target, timeout)
        .recover(
            cause -> {
              if (!SourceException.isCalledFor(cause)) {
                return Future.failedFuture(cause);
              }
              return left > 1
                  ? connect(target, timeout, all, left - 1)
                  : Future.failedFuture(new SourceException(source, cause));
            });
  }

  @Override
  public void dispose(C connection) {
    clients.from(null).dispose(connection);
  }
}
