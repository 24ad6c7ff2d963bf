package io.loble.sim;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;

/** The answers a client waits for, in order, compared byte for byte with what arrives. */
final class ExpectedAnswers {

  private record Expected(Buffer bytes, long askedNanos) {}

  private final Deque<Expected> queue = new ArrayDeque<>();
  private int matched;

  void add(String answer, long nowNanos) {
    queue.add(new Expected(Buffer.buffer(answer), nowNanos));
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** How long the oldest answer has been waited for; 0 when none is. */
  long oldestNanos(long nowNanos) {
    Expected oldest = queue.peek();
    return oldest == null ? 0 : nowNanos - oldest.askedNanos();
  }

  /**
   * Compares what has arrived.
   *
   * @param answered gets the time each answer took, in nanoseconds, as it becomes complete
   * @return false at the first byte that is not the expected one
   */
  boolean accept(Buffer arrived, long nowNanos, LongConsumer answered) {
    for (int i = 0; i < arrived.length(); i++) {
      Expected next = queue.peek();
      if (next == null || next.bytes().getByte(matched) != arrived.getByte(i)) {
        return false;
      }
      matched++;
      if (matched == next.bytes().length()) {
        queue.remove();
        matched = 0;
        answered.accept(nowNanos - next.askedNanos());
      }
    }
    return true;
  }
}
