package io.loble.net.epoll;

import java.io.IOException;

/** Bytes that are meant for a socket, and that it has not taken yet. */
interface Backlog {

  /** Gives the socket as much as it takes; when not all, it tells when it takes more. */
  void emptyInto(EpollSocket sink) throws IOException;

  boolean isEmpty();

  /** Gives back what held the bytes, and drops those that are left. */
  void release();
}
