package io.loble.net.epoll;

import io.loble.model.FileMode;
import java.io.IOException;
import java.util.List;

/** The event loops of a Vert.x instance that listen on one address. May be used from any thread. */
interface ListenGroup {

  /** Those that are open. */
  List<EpollListener> members();

  /** A member takes in those clients that wait already, and then {@linkplain #leave leaves}. */
  void retire(EpollListener member);

  /** Closes the socket of a member that accepts no more, unless others need it. */
  void leave(EpollListener member);

  /** The port that all listen on; 0 where there are no ports. */
  int port();

  /** Changes the mode of the socket's file, where it has one. */
  void setMode(FileMode mode) throws IOException;

  /**
   * Lets other processes that listen there too have all clients from now on, so that the members
   * can be closed without clients in them. To be called while all are open; may block.
   *
   * @return whether there are any that take over
   */
  boolean handOver();
}
