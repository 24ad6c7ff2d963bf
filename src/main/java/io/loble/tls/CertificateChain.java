package io.loble.tls;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Certificates, each issued by the next.
 *
 * @param path of the file that they come from
 * @param certificates the leaf first; the root may be missing
 * @param facts of each of them
 */
public record CertificateChain(
    String path, List<X509Certificate> certificates, List<CertificateFacts> facts) {

  public CertificateChain {
    certificates = List.copyOf(certificates);
    facts = List.copyOf(facts);
  }

  /**
   * @throws TlsFileException when there is no certificate, or they are not in order
   */
  static CertificateChain read(PemFile file) throws TlsFileException {
    List<X509Certificate> certificates = Certificates.authorities(file);
    ChainOrder.check(file, certificates);
    return new CertificateChain(
        file.path(), certificates, certificates.stream().map(CertificateFacts::of).toList());
  }

  public X509Certificate leaf() {
    return certificates.get(0);
  }

  /** What the leaf says. */
  public CertificateFacts leafFacts() {
    return facts.get(0);
  }

  /** When the first of the certificates ends, and the chain with it. */
  public Instant notAfter() {
    return facts.stream()
        .map(CertificateFacts::notAfter)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }
}
