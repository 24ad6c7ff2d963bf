package io.loble.sim.client;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** How many clients of a run may fail before the run counts as failed. */
public sealed interface FailureLimit {

  /** What {@link #parse} takes, in words that follow "expected". */
  String EXPECTED = "a share such as \"5%\" or 0.05, or a number of clients such as 10";

  /** A share, with a percent sign or from 0 to 1 with a point; else a whole number of clients. */
  static Optional<FailureLimit> parse(String text) {
    if (Pattern.matches("\\d{1,3}(\\.\\d{1,6})?%", text)) {
      return share(new BigDecimal(text.substring(0, text.length() - 1)).movePointLeft(2));
    }
    if (Pattern.matches("[01]?\\.\\d{1,6}", text)) {
      return share(new BigDecimal(text));
    }
    return Pattern.matches("\\d{1,9}", text)
        ? Optional.of(new AtMost(Long.parseLong(text)))
        : Optional.empty();
  }

  private static Optional<FailureLimit> share(BigDecimal share) {
    return share.compareTo(BigDecimal.ONE) <= 0
        ? Optional.of(new Share(share.stripTrailingZeros()))
        : Optional.empty();
  }

  /**
   * Whether that is not too many.
   *
   * @param of clients that failed or did all they set out to do
   */
  boolean allows(long failed, long of);

  /** As {@link #parse} takes it. */
  String text();

  /** A share of the clients. */
  record Share(BigDecimal share) implements FailureLimit {

    @Override
    public boolean allows(long failed, long of) {
      return BigDecimal.valueOf(failed).compareTo(share.multiply(BigDecimal.valueOf(of))) <= 0;
    }

    @Override
    public String text() {
      return share.movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }
  }

  /** So many clients. */
  record AtMost(long clients) implements FailureLimit {

    @Override
    public boolean allows(long failed, long of) {
      return failed <= clients;
    }

    @Override
    public String text() {
      return Long.toString(clients);
    }
  }
}
