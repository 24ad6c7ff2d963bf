package io.loble.net;

import io.loble.model.FileMode;
import io.loble.model.TcpSettings;
import io.vertx.core.Future;

/** An open listening socket of one event loop, on which everything is called. */
public interface Binding {

  /** The port that it is bound to; 0 for a Unix socket. */
  int port();

  /** What the sockets of clients that come from now on are to begin with. */
  void setTcp(TcpSettings tcp);

  /** Of which kind the streams of clients are to be that come from now on. */
  void setKind(StreamKind kind);

  /**
   * How many clients may wait to be accepted from now on.
   *
   * @return false where it stays as it is until the socket is opened anew
   */
  boolean setBacklog(int backlog);

  /**
   * Changes the mode of a Unix socket's file from now on.
   *
   * @return false where it stays as it is until the socket is opened anew
   */
  boolean setMode(FileMode mode);

  /**
   * Lets other processes that listen on that address too have its clients from now on; those that
   * the kernel has begun to accept for this one still come.
   *
   * @return whether there are any that take over
   */
  Future<Boolean> handOver();

  /**
   * Closes it; connections that were accepted stay.
   *
   * @param millis for how long at the most; after that they may be cut
   */
  Future<Void> close(long millis);
}
