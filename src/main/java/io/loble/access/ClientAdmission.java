package io.loble.access;

/** What became of a client that a {@link ClientTable} was asked about. */
public sealed interface ClientAdmission {

  /**
   * The client was let in. It is to be {@linkplain ClientTable#release released} once.
   *
   * @param client under which its connection is counted; 0 when it is not
   */
  record Admitted(long client) implements ClientAdmission {

    static final long UNCOUNTED = 0;

    static final Admitted WITHOUT_COUNT = new Admitted(UNCOUNTED);
  }

  /** The client was not let in. */
  enum Refused implements ClientAdmission {
    /** It has as many connections as it may have. */
    CLIENT_LIMIT,
    /** It comes too often. */
    CLIENT_RATE
  }
}
