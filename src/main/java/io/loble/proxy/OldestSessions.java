package io.loble.proxy;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The oldest of many sessions, found without sorting them all. */
final class OldestSessions {

  private static final Comparator<RegisteredSession> BY_NUMBER =
      Comparator.comparingLong(session -> session.record().number());

  private final PriorityQueue<RegisteredSession> kept = new PriorityQueue<>(BY_NUMBER.reversed());
  private final int limit;
  private long count;

  /**
   * @param limit how many are kept, 1 or more
   */
  OldestSessions(int limit) {
    this.limit = limit;
  }

  void add(RegisteredSession session) {
    count++;
    RegisteredSession newest = kept.peek();
    if (newest != null && kept.size() == limit) {
      if (BY_NUMBER.compare(session, newest) > 0) {
        return;
      }
      kept.poll();
    }
    kept.add(session);
  }

  /** How many were added. */
  long count() {
    return count;
  }

  List<RegisteredSession> inOrder() {
    return kept.stream().sorted(BY_NUMBER).toList();
  }
}
