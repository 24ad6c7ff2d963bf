package io.loble.tls;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Whether each certificate of a chain has issued the one before it. Clients of TLS 1.3 may put a
 * chain in order themselves (RFC 8446, section 4.4.2); older ones refuse it.
 */
final class ChainOrder {

  private final PemFile file;
  private final List<X509Certificate> chain;

  private ChainOrder(PemFile file, List<X509Certificate> chain) {
    this.file = file;
    this.chain = chain;
  }

  /**
   * @throws TlsFileException says which certificate is in the wrong place, and what should be there
   */
  static void check(PemFile file, List<X509Certificate> chain) throws TlsFileException {
    new ChainOrder(file, chain).check();
  }

  private void check() throws TlsFileException {
    for (int i = 0; i + 1 < chain.size(); i++) {
      if (!hasIssued(chain.get(i + 1), chain.get(i))) {
        throw wrong(i);
      }
    }
  }

  private TlsFileException wrong(int at) {
    X509Certificate certificate = chain.get(at);
    String text =
        "the chain is in the wrong order: behind "
            + place(at)
            + " must come its issuer, "
            + certificate.getIssuerX500Principal().getName();
    OptionalInt issuer =
        IntStream.range(0, chain.size())
            .filter(i -> i != at && hasIssued(chain.get(i), certificate))
            .findFirst();
    return new TlsFileException(
        file,
        text
            + (issuer.isPresent()
                ? ", which is certificate " + (issuer.getAsInt() + 1)
                : ", which is not in the file")
            + "; there is "
            + place(at + 1));
  }

  private String place(int index) {
    return "certificate " + (index + 1) + " (" + CertificateFacts.subject(chain.get(index)) + ')';
  }

  private static boolean hasIssued(X509Certificate issuer, X509Certificate certificate) {
    if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
      return false;
    }
    try {
      return Proofs.hold(
          "an issuer",
          issuer.getPublicKey().getEncoded(),
          certificate.getEncoded(),
          () -> isSigned(certificate, issuer));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean isSigned(X509Certificate certificate, X509Certificate issuer)
      throws GeneralSecurityException {
    certificate.verify(issuer.getPublicKey());
    return true;
  }
}
