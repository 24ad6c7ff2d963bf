package io.loble.http;

import io.loble.proxy.LoopEnvironment;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The answers of one event loop whose heads have come, and are not sent as yet: with the body, when
 * that comes at once, they are one write. One task looks after all of them.
 */
final class LateHeads {

  private final LoopEnvironment loop;
  private final Deque<Relay> waiting = new ArrayDeque<>();

  LateHeads(LoopEnvironment loop) {
    this.loop = loop;
  }

  /** Has an answer send its head when everything that is there now was read. */
  void add(Relay answer) {
    if (waiting.isEmpty()) {
      loop.execute(this::send);
    }
    waiting.add(answer);
  }

  private void send() {
    try {
      while (!waiting.isEmpty()) {
        waiting.remove().sendHead();
      }
    } finally {
      // One that fails must not keep the others.
      if (!waiting.isEmpty()) {
        loop.execute(this::send);
      }
    }
  }
}
