package io.loble.tls;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Says which certificates have ended or soon will, in a sentence for each. */
public final class EndingCertificates {

  /** So many are told of: a thousand certificates may all be about to end. */
  private static final int MOST = 10;

  private EndingCertificates() {}

  /**
   * The first to end come first.
   *
   * @param soon how long before the end one is to be warned
   */
  public static List<String> among(
      Collection<UsedCertificate> certificates, Instant now, Duration soon) {
    List<UsedCertificate> ending =
        certificates.stream()
            .filter(certificate -> certificate.left(now).compareTo(soon) < 0)
            .sorted(Comparator.comparing(UsedCertificate::notAfter))
            .toList();
    List<String> said = new ArrayList<>();
    ending.stream().limit(MOST).forEach(certificate -> said.add(text(certificate, now)));
    if (ending.size() > MOST) {
      said.add("and %d more certificates end soon".formatted(ending.size() - MOST));
    }
    return said;
  }

  private static String text(UsedCertificate certificate, Instant now) {
    return "%s (%s) %s; put a new one into the file"
        .formatted(certificate.file(), certificate.facts().subject(), when(certificate, now));
  }

  private static String when(UsedCertificate certificate, Instant now) {
    Duration left = certificate.left(now);
    if (left.isNegative()) {
      return "has expired at " + certificate.notAfter() + ", and is refused";
    }
    String in = left.toDays() == 0 ? "less than a day" : left.toDays() + " days";
    return "expires in " + in + ", at " + certificate.notAfter();
  }
}
