package io.loble.control;

import io.loble.model.PoolTls;
import io.loble.tls.EndingCertificates;
import io.loble.tls.UsedCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds what somebody has to do something about in TLS, a sentence for each. */
final class TlsConditions {

  /** Later than the log warns: what is shown for weeks is not looked at any more. */
  private static final Duration SOON = Duration.ofDays(14);

  private static final String UNUSABLE = "files cannot be used, what they held before stays: ";

  private TlsConditions() {}

  /**
   * Of a listener.
   *
   * @param trouble why its files cannot be used
   */
  static List<String> of(
      Collection<UsedCertificate> certificates, Optional<String> trouble, Instant now) {
    List<String> found = new ArrayList<>();
    trouble.ifPresent(why -> found.add(UNUSABLE + withoutOwner(why)));
    found.addAll(EndingCertificates.among(certificates, now, SOON));
    return found;
  }

  /** It begins with who follows the files, which whoever shows it says anyway. */
  private static String withoutOwner(String trouble) {
    return trouble.substring(trouble.indexOf(": ") + 2);
  }

  /** Of a pool. */
  static List<String> of(
      PoolTls settings, Optional<UsedCertificate> own, Optional<String> trouble, Instant now) {
    List<String> found = of(own.stream().toList(), trouble, now);
    if (settings.verify() == PoolTls.Verify.NONE) {
      found.add("verify is none: whoever is between can read and change everything");
    }
    return found;
  }
}
