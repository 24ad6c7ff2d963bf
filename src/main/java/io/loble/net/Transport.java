package io.loble.net;

import io.loble.model.TcpSettings;
import io.loble.model.UnixPath;
import io.vertx.core.Future;
import java.net.InetSocketAddress;

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
  Dial dial(InetSocketAddress address, DialOptions options, DialEvents events);

  /** Connects to a Unix socket in the same way. */
  Dial dial(UnixPath path, DialOptions options, DialEvents events);

  /** Called at every tick of the event loop's {@link DeadlineWheel}. */
  void tick(long now);
}
