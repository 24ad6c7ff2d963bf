package io.loble.proxy;

import io.loble.net.LoopLoad;
import io.loble.net.Transport;
import io.loble.net.channel.ChannelTransport;
import io.loble.net.epoll.EpollTransport;
import io.vertx.core.Vertx;

/**
 * Where one event loop gets its streams from.
 *
 * @param clients accepts
 * @param backends connects
 */
record TransportPair(Transport clients, Transport backends) {

  /**
   * The transports of the event loop of the context this is called on.
   *
   * @param load how many connections that event loop has
   * @param ended is to end all connections at once
   */
  static TransportPair of(Vertx vertx, StreamKinds kinds, LoopLoad load, Runnable ended) {
    if (!EpollTransport.isUnder(vertx)) {
      Transport channels = new ChannelTransport(vertx);
      return new TransportPair(channels, channels);
    }
    Transport fastest = new EpollTransport(vertx, kinds.tuning(), load, ended);
    return new TransportPair(
        of(kinds.clients(), vertx, fastest), of(kinds.backends(), vertx, fastest));
  }

  private static Transport of(StreamKinds.Kind kind, Vertx vertx, Transport fastest) {
    return switch (kind) {
      case FASTEST -> fastest;
      case CHANNEL -> new ChannelTransport(vertx);
    };
  }

  /** Called at every tick of the loop's clock. */
  void tick(long now) {
    clients.tick(now);
    if (backends != clients) {
      backends.tick(now);
    }
  }
}
