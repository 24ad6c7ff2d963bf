package io.loble.tls;

import java.time.Duration;
import java.time.Instant;

/**
 * What is shown of a certificate that is in use. It is kept for as long as that, so that nobody has
 * to read the file again to know.
 *
 * @param file that it comes from, as the configuration names it
 * @param facts of the certificate itself, the first of its chain
 * @param notAfter when the first certificate of the chain ends, and the chain with it
 */
public record UsedCertificate(String file, CertificateFacts facts, Instant notAfter) {

  static UsedCertificate of(Credential credential) {
    CertificateChain chain = credential.chain();
    return new UsedCertificate(chain.path(), chain.leafFacts(), chain.notAfter());
  }

  /** How long it is still valid; negative when it has ended. */
  public Duration left(Instant now) {
    return Duration.between(now, notAfter);
  }
}
