package io.loble.net;

import io.loble.model.TcpSettings;
import io.loble.model.UnixPath;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where one event loop gets one kind of streams from. Everything is called, and calls back, on that
 * event loop.
 */
public interface Transport {

  /** Opens a listening socket, whose clients are given to the acceptor. */
  Future<Binding> listen(ListenOptions options, Acceptor acceptor);

  /**
   * What an accepted socket does not have from the listening socket, and is to be given.
   *
   * @param tcp as the listening socket was told
   */
  TcpSettings notInherited(TcpSettings tcp);

  /** Connects, and tells what came of it not before this method has returned. */
  default Dial dial(InetSocketAddress address, Duration timeout, DialEvents events) {
    return dial(address, null, timeout, events);
  }

  /**
   * Connects from an address of this machine.
   *
   * @param from of the same family; null where the system is to choose
   */
  Dial dial(
      InetSocketAddress address, @Nullable InetAddress from, Duration timeout, DialEvents events);

  /** Connects to a Unix socket, as {@link #dial(InetSocketAddress, Duration, DialEvents)} does. */
  Dial dial(UnixPath path, Duration timeout, DialEvents events);

  /** Called at every tick of the event loop's {@link DeadlineWheel}. */
  void tick(long now);
}
