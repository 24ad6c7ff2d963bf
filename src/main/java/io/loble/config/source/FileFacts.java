package io.loble.config.source;

import io.loble.tls.CertificateChain;
import io.loble.tls.CertificateFacts;
import io.loble.tls.Credential;
import io.loble.tls.Validity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What status and metrics say of a file with a certificate.
 *
 * @param file as the configuration names it
 * @param facts of the first certificate in it
 * @param notAfter when the first of all certificates in it ends
 * @param validity of all of them
 */
public record FileFacts(String file, CertificateFacts facts, Instant notAfter, Validity validity) {

  /** How long before the end of a certificate one is warned. */
  public static final Duration SOON = Duration.ofDays(30);

  /** What there is to say at that moment. */
  public static FileFacts of(Credential credential, Instant now) {
    CertificateChain chain = credential.chain();
    return new FileFacts(
        chain.path(), chain.leafFacts(), chain.notAfter(), Validity.of(chain, now, SOON));
  }

  /** The same of several. */
  public static List<FileFacts> of(List<Credential> credentials, Instant now) {
    return credentials.stream().map(credential -> of(credential, now)).toList();
  }
}
