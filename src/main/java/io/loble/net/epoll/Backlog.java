package io.loble.net.epoll;

import io.netty.buffer.ByteBuf;
import java.io.IOException;

/** Bytes that are meant for a socket, and that it has not taken yet. */
sealed interface Backlog permits CopiedBacklog, Pipe, QueuedBacklog {

  /** Gives the socket as much as it takes; when not all, it tells when it takes more. */
  void emptyInto(EpollSocket sink) throws IOException;

  boolean isEmpty();

  /** Gives back what held the bytes, and drops those that are left. */
  void release();

  /** The same with more bytes behind it. Takes the buffer over. */
  default Backlog followedBy(ByteBuf data) {
    return new QueuedBacklog(this).followedBy(data);
  }
}
