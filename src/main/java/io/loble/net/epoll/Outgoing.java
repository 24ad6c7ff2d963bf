package io.loble.net.epoll;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a stream writes to its socket. Holds nothing while the socket takes what comes; what it does
 * not take waits here as backlog. A write that fails drops the backlog, and is told to the stream.
 * Used on the socket's event loop only.
 */
final class Outgoing {

  private final EpollLoop loop;
  private final EpollSocket socket;
  private final Runnable failed;
  private @Nullable Backlog backlog;

  /**
   * @param failed called when the socket does not take bytes any more
   */
  Outgoing(EpollLoop loop, EpollSocket socket, Runnable failed) {
    this.loop = loop;
    this.socket = socket;
    this.failed = failed;
  }

  /** Whether nothing waits for the socket. */
  boolean isEmpty() {
    return backlog == null;
  }

  /** Writes the first bytes of the event loop's buffer; only when nothing waits. */
  void writeBuffer(int count) {
    int taken;
    try {
      taken = socket.write(loop.bufferAddress(), 0, count);
    } catch (IOException e) {
      failed.run();
      return;
    }
    if (taken < count) {
      backlog = new CopiedBacklog(loop.copyOfBuffer(taken, count));
    }
  }

  /** Writes what is in a pipe, and takes the pipe over; only when nothing waits. */
  void write(Pipe pipe) {
    backlog = pipe;
    writeBacklog(pipe);
  }

  /** Writes bytes behind what waits, and takes the buffer over. */
  void write(ByteBuf data) {
    Backlog waiting = backlog;
    if (socket.isClosing()) {
      data.release();
    } else if (waiting == null) {
      Backlog copied = new CopiedBacklog(data);
      backlog = copied;
      writeBacklog(copied);
    } else {
      QueuedBacklog queue =
          waiting instanceof QueuedBacklog queued ? queued : new QueuedBacklog(waiting);
      queue.add(data);
      backlog = queue;
    }
  }

  /**
   * Writes as much of what waits as the socket takes.
   *
   * @return whether all of it is written; false when that fails
   */
  boolean writeMore() {
    return backlog == null || writeBacklog(backlog);
  }

  /** Sends a FIN. */
  void shutdown() {
    socket.shutdownOutput();
  }

  /** Drops what waits, and closes the socket; the kernel goes on sending what it was given. */
  void close() {
    drop();
    socket.closeSoon();
  }

  /** Drops what waits, and closes the socket with a reset. */
  void reset() {
    drop();
    socket.reset();
  }

  private void drop() {
    if (backlog != null) {
      backlog.release();
      backlog = null;
    }
  }

  private boolean writeBacklog(Backlog waiting) {
    try {
      waiting.emptyInto(socket);
    } catch (IOException e) {
      drop();
      failed.run();
      return false;
    }
    if (!waiting.isEmpty()) {
      return false;
    }
    drop();
    return true;
  }
}
