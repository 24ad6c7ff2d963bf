package io.loble.sim.client;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Says whether a run was a success. */
public final class Judgement {

  /** These want no answer, so that an end of theirs proves nothing about the other side. */
  private static final Set<ClientKind> ASK_NOTHING =
      Set.of(ClientKind.FIRE_AND_FORGET, ClientKind.IDLE, ClientKind.RESET);

  private Judgement() {}

  /**
   * Why the run counts as failed: an answer was wrong, more clients failed than may, or, where
   * nothing is said of how many may, nothing succeeded.
   *
   * @return empty when it was a success
   */
  public static Optional<String> whyFailed(ClientReport report, Optional<FailureLimit> limit) {
    if (report.wrongAnswers() > 0) {
      return Optional.of(clients(report.wrongAnswers()) + " got a wrong answer");
    }
    KindReport total = report.total();
    return limit.isPresent()
        ? limit.flatMap(most -> tooMany(total, most))
        : Optional.of(total).filter(all -> isInVain(report)).map(Judgement::inVain);
  }

  private static Optional<String> tooMany(KindReport total, FailureLimit limit) {
    long ended = total.failed() + total.finished();
    return limit.allows(total.failed(), ended)
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%d of %d clients failed (%.1f%%); at most %s may",
                total.failed(),
                ended,
                100.0 * total.failed() / ended,
                limit.text()));
  }

  /** Whether no client got an answer or, where none wants any, all clients failed. */
  private static boolean isInVain(ClientReport report) {
    KindReport total = report.total();
    boolean asked =
        report.kinds().entrySet().stream()
            .anyMatch(kind -> !ASK_NOTHING.contains(kind.getKey()) && kind.getValue().failed() > 0);
    return total.failed() > 0
        && total.latency().count() == 0
        && (asked || total.finished() + total.stopped() == 0);
  }

  private static String clients(long number) {
    return number == 1 ? "1 client" : number + " clients";
  }

  private static String inVain(KindReport total) {
    return "nothing succeeded, and " + clients(total.failed()) + " failed";
  }
}
