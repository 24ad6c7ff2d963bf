package io.loble.net.epoll;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;

/** Several backlogs, one behind another: what a peer of another kind has read in one go. */
final class QueuedBacklog implements Backlog {

  private final Queue<Backlog> parts = new ArrayDeque<>();

  QueuedBacklog(Backlog first) {
    parts.add(first);
  }

  @Override
  public void emptyInto(EpollSocket sink) throws IOException {
    while (!parts.isEmpty()) {
      Backlog first = parts.element();
      first.emptyInto(sink);
      if (!first.isEmpty()) {
        return;
      }
      parts.remove().release();
    }
  }

  @Override
  public boolean isEmpty() {
    return parts.isEmpty();
  }

  @Override
  public void release() {
    parts.forEach(Backlog::release);
    parts.clear();
  }

  /** Adds bytes behind all others, and takes the buffer over. */
  void add(ByteBuf data) {
    parts.add(new CopiedBacklog(data));
  }
}
