package io.loble.net.epoll;

import io.loble.net.ProcessLimit;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipes of one event loop. A direction takes one for as long as bytes are in it, which mostly
 * is no longer than one call, so that few pipes serve many connections.
 */
final class Pipes {

  private static final Logger log = LoggerFactory.getLogger("loble.proxy");

  /** So many are kept open for the next; more are in use only while sinks are slow. */
  private static final int KEPT = 8;

  private final ArrayDeque<Pipe> free = new ArrayDeque<>(KEPT);
  private final ProcessLimit limit;
  private boolean closed;

  Pipes(ProcessLimit limit) {
    this.limit = limit;
  }

  /** An empty pipe, to be given back; null when there is none, and buffers have to do. */
  @Nullable Pipe take() {
    Pipe pipe = free.pollLast();
    return pipe == null ? open() : pipe;
  }

  /** Takes back a pipe, with what may be left in it. */
  void giveBack(Pipe pipe) {
    if (pipe.isEmpty() && !closed && free.size() < KEPT) {
      free.addLast(pipe);
    } else {
      close(pipe);
    }
  }

  /** Keeps none any more. */
  void close() {
    closed = true;
    free.forEach(this::close);
    free.clear();
  }

  private @Nullable Pipe open() {
    if (!limit.tryAcquire()) {
      return null;
    }
    try {
      return new Pipe(this);
    } catch (IOException e) {
      limit.release();
      if (limit.isFirstShortage()) {
        log.warn("no pipe can be opened, bulk is relayed through buffers: {}", e.getMessage());
      }
      return null;
    }
  }

  private void close(Pipe pipe) {
    pipe.close();
    limit.release();
  }
}
