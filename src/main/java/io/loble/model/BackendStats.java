package io.loble.model;

/**
 * What all cores and all snapshots share of a backend, in its parts. One per backend, from when it
 * is configured until it is gone; every method of every part may be called from any thread and none
 * locks.
 */
public final class BackendStats {

  private final BackendCounters counters = new BackendCounters();
  private final Admission admission = new Admission();
  private final Trial trial = new Trial();
  private final HealthNotice health = new HealthNotice();
  private final RequestCounters requests = new RequestCounters();
  private final AnswerTimes answers = new AnswerTimes();
  private final ByteRate byteRate = new ByteRate(counters, admission, System.nanoTime());

  /** What it has done. */
  public BackendCounters counters() {
    return counters;
  }

  /** How many connections it has, and whether it takes one more. */
  public Admission admission() {
    return admission;
  }

  /** Whether it is to get a connection although it is out of rotation. */
  public Trial trial() {
    return trial;
  }

  /** What health says of it. */
  public HealthNotice health() {
    return health;
  }

  /** The requests that it has answered, or was to answer. */
  public RequestCounters requests() {
    return requests;
  }

  /** How long it takes to answer, where its pool wants that measured. */
  public AnswerTimes answers() {
    return answers;
  }

  /** How much it relays. */
  public ByteRate byteRate() {
    return byteRate;
  }
}
