package io.loble.proxy;

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

  private final ArrayDeque<Pipe> free = new ArrayDeque<>();
  private int most;
  private int open;
  private boolean toldOfShortage;

  /**
   * @param most how many may be open at once
   */
  Pipes(int most) {
    this.most = most;
  }

  /** An empty pipe, to be given back; null when there is none, and buffers have to do. */
  @Nullable Pipe take() {
    Pipe pipe = free.pollLast();
    return pipe == null && open < most ? open() : pipe;
  }

  /** Takes back a pipe. One that is not empty is closed. */
  void giveBack(Pipe pipe) {
    if (pipe.isEmpty() && open <= most) {
      free.addLast(pipe);
    } else {
      open--;
      pipe.close();
    }
  }

  private @Nullable Pipe open() {
    try {
      Pipe pipe = new Pipe(this);
      open++;
      return pipe;
    } catch (IOException e) {
      if (!toldOfShortage) {
        toldOfShortage = true;
        log.warn(
            "no more pipes can be opened, bulk is relayed through buffers: {}", e.getMessage());
      }
      return null;
    }
  }

  /** Opens no more, and closes each as soon as it is empty. */
  void close() {
    most = 0;
    free.forEach(Pipe::close);
    open -= free.size();
    free.clear();
  }
}
