package io.loble.proxy;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The oldest of many sessions, found without sorting them all. */
final class OldestSessions {

  private final PriorityQueue<Session> kept =
      new PriorityQueue<>(Comparator.comparingLong(Session::number).reversed());
  private final int limit;
  private long count;

  /**
   * @param limit how many are kept, 1 or more
   */
  OldestSessions(int limit) {
    this.limit = limit;
  }

  void add(Session session) {
    count++;
    Session newest = kept.peek();
    if (newest != null && kept.size() == limit) {
      if (session.number() > newest.number()) {
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

  List<Session> inOrder() {
    return kept.stream().sorted(Comparator.comparingLong(Session::number)).toList();
  }
}
