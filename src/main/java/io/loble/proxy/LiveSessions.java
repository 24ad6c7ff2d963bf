package io.loble.proxy;

import java.util.Optional;

/** The live view of one event loop's sessions. Called on that event loop. */
final class LiveSessions {

  private final SessionRegistry sessions;

  LiveSessions(SessionRegistry sessions) {
    this.sessions = sessions;
  }

  /** Those that the query asks for, the oldest first, and how many there are of them. */
  LiveConnections connections(LiveConnections.Query query) {
    OldestSessions oldest = new OldestSessions(query.limit());
    sessions.open().stream().filter(session -> session.record().isOf(query)).forEach(oldest::add);
    return new LiveConnections(
        oldest.count(), oldest.inOrder().stream().map(LiveSessions::row).toList());
  }

  /** Those that the query asks for, added up by client. */
  LiveClients clients(LiveConnections.Query query) {
    ClientTally tally = new ClientTally();
    sessions.open().stream()
        .map(RegisteredSession::record)
        .filter(session -> session.isOf(query))
        .forEach(tally::add);
    return tally.result();
  }

  /** Closes the session of that number with a reset; tells how it was before, if it was there. */
  Optional<LiveConnection> close(long number) {
    return sessions.open().stream()
        .filter(session -> session.record().number() == number)
        .findFirst()
        .map(LiveSessions::close);
  }

  private static LiveConnection close(RegisteredSession session) {
    LiveConnection before = row(session);
    session.resetBoth(Ending.CLOSED);
    return before;
  }

  private static LiveConnection row(RegisteredSession session) {
    return session.record().live(session.state());
  }
}
