package io.loble.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads certificates. Other blocks of a file, such as a private key, do not matter. */
public final class Certificates {

  private Certificates() {}

  /**
   * The authorities that a file names, in any order.
   *
   * @throws TlsFileException when there is none, or one that cannot be read
   */
  public static List<X509Certificate> authorities(PemFile file) throws TlsFileException {
    List<PemBlock> blocks = PemBlocks.read(file);
    List<X509Certificate> certificates = new ArrayList<>();
    for (PemBlock block : blocks) {
      if (block.isCertificate()) {
        certificates.add(parse(file, block));
      }
    }
    if (certificates.isEmpty()) {
      throw new TlsFileException(file, "has no certificate" + PrivateKeys.instead(blocks));
    }
    return List.copyOf(certificates);
  }

  private static X509Certificate parse(PemFile file, PemBlock block) throws TlsFileException {
    byte[] der = PemBlocks.decode(file, block);
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new TlsFileException(
          file, "the " + block.place() + " cannot be read: " + e.getMessage(), e);
    }
  }
}
