package io.loble.net.epoll;

import io.loble.context.VertxLocal;
import io.loble.model.UnixPath;
import io.loble.net.ListenOptions;
import io.netty.channel.unix.Socket;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** The Unix sockets that a Vert.x instance listens on. May be used from any thread. */
final class UnixSockets {

  private static final VertxLocal<UnixSockets> OPEN =
      VertxLocal.of("unix-sockets", UnixSockets::new);

  private final Map<UnixPath, UnixGroup> open = new HashMap<>();

  private UnixSockets() {}

  static UnixSockets of(Vertx vertx) {
    return OPEN.get(vertx);
  }

  /**
   * Has one more event loop listen on a path; the first makes the socket.
   *
   * @param listener makes what accepts
   */
  synchronized EpollListener join(
      UnixPath path, ListenOptions options, BiFunction<ListenGroup, Socket, EpollListener> listener)
      throws IOException {
    UnixGroup group = open.get(path);
    if (group == null) {
      group = UnixGroup.open(this, path, options);
      open.put(path, group);
    }
    return group.join(options, listener);
  }

  /** The next that listens on that path makes another socket. */
  void forget(UnixPath path, UnixGroup gone) {
    open.remove(path, gone);
  }
}
