package io.loble.sim.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The answers a client waits for, in order, compared byte for byte with what arrives. */
final class ExpectedAnswers {

  private record Expected(Answer answer, long askedNanos, long sinceNanos) {}

  private final Deque<Expected> queue = new ArrayDeque<>();
  private long matched;
  private long lastBulkNanos;

  /**
   * Waits for one more answer.
   *
   * @param askedNanos when it was asked for
   * @param sinceNanos from when on the time it takes counts
   */
  void add(Answer answer, long askedNanos, long sinceNanos) {
    queue.add(new Expected(answer, askedNanos, sinceNanos));
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /**
   * How long the oldest answer has been waited for; of a bulk answer, the next piece. 0 when none
   * is.
   */
  long oldestNanos(long nowNanos) {
    Expected oldest = queue.peek();
    if (oldest == null) {
      return 0;
    }
    boolean begun = oldest.answer() instanceof Answer.Bulk && matched > 0;
    return nowNanos - (begun ? lastBulkNanos : oldest.askedNanos());
  }

  /**
   * Compares what has arrived.
   *
   * @param answered gets the time each answer took, in nanoseconds, as it becomes complete
   * @return the first byte that is not the expected one; after it nothing is compared
   */
  Optional<Mismatch> accept(byte[] arrived, long nowNanos, LongConsumer answered) {
    int at = 0;
    while (at < arrived.length) {
      Expected next = queue.peek();
      if (next == null) {
        return Optional.of(Mismatch.unasked(arrived, at));
      }
      Answer answer = next.answer();
      int to = (int) Math.min(arrived.length, at + answer.length() - matched);
      int wrong = answer.mismatch(matched, arrived, at, to);
      matched += wrong - at;
      if (wrong < to) {
        return Optional.of(Mismatch.of(answer, matched, arrived, wrong));
      }
      at = to;
      lastBulkNanos = nowNanos;
      if (matched == answer.length()) {
        queue.remove();
        matched = 0;
        answered.accept(nowNanos - next.sinceNanos());
      }
    }
    return Optional.empty();
  }
}
