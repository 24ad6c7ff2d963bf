package io.loble.upstream.discovery;

/**
 * How long the API server is waited for.
 *
 * @param answerMillis until an answer begins, and a short one ends
 * @param watchSeconds after which the API server is to end a watch; the next one goes on from there
 * @param deadMillis after which a watch that the API server has not ended is given up
 * @param steadyMillis how long a watch lasts where all is well
 * @param firstPauseMillis before a failed server is asked again
 * @param longestPauseMillis to which that grows
 */
record KubernetesTimes(
    long answerMillis,
    long watchSeconds,
    long deadMillis,
    long steadyMillis,
    long firstPauseMillis,
    long longestPauseMillis) {

  /** A connection that has died in silence is noticed when a watch should have ended. */
  static final KubernetesTimes USUAL =
      new KubernetesTimes(10_000, 120, 150_000, 5_000, 1_000, 30_000);
}
