package io.loble.tls;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What a server or a client proves with who it is: a chain of certificates, and the private key of
 * its leaf.
 */
public record Credential(CertificateChain chain, PrivateKey key, KeyKind kind) {

  /**
   * Reads one. Whether it is valid now is {@link Validity}'s to say.
   *
   * @param cert the chain, leaf first
   * @param key may be the same file
   * @param password of the key, where it is encrypted
   * @throws TlsFileException when one of the files is of no use, or the key is another
   *     certificate's
   */
  public static Credential read(PemFile cert, PemFile key, Optional<char[]> password)
      throws TlsFileException {
    List<X509Certificate> unordered = Certificates.authorities(cert);
    PrivateKey own = PrivateKeys.read(key, password);
    requireLeafFirst(cert, key, unordered, own);
    CertificateChain chain = CertificateChain.read(cert);
    PublicKey shown = chain.leaf().getPublicKey();
    KeyKind kind =
        KeyKind.of(shown)
            .orElseThrow(
                () ->
                    new TlsFileException(
                        cert, "its certificate has a key of a curve that is not supported"));
    return new Credential(chain, own, kind);
  }

  /** The key says which certificate is the leaf: a better error than that of the order. */
  private static void requireLeafFirst(
      PemFile cert, PemFile key, List<X509Certificate> certificates, PrivateKey own)
      throws TlsFileException {
    OptionalInt leaf =
        IntStream.range(0, certificates.size())
            .filter(i -> KeyMatch.belongTogether(own, certificates.get(i).getPublicKey()))
            .findFirst();
    if (leaf.isEmpty()) {
      throw new TlsFileException(
          key,
          "is not the key of the certificate in "
              + cert.path()
              + " ("
              + CertificateFacts.subject(certificates.get(0))
              + ')');
    }
    int index = leaf.getAsInt();
    if (index > 0) {
      throw new TlsFileException(
          cert,
          "the chain is in the wrong order: certificate "
              + (index + 1)
              + " ("
              + CertificateFacts.subject(certificates.get(index))
              + ") is the one that the key belongs to, and must come first");
    }
  }

  /** Nothing of the key. */
  @Override
  public String toString() {
    return chain.path() + " (" + chain.leafFacts().subject() + ')';
  }
}
