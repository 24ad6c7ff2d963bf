package io.loble.tls;

import io.loble.config.CertificateFiles;
import io.loble.config.ListenerTls;
import io.loble.config.ListenerTls.ClientAuth;
import io.loble.model.PoolTls;
import io.loble.model.PoolTls.Verify;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files with certificates, and the settings that name them. */
public final class CertificateDirectory {

  private final Path directory;

  public CertificateDirectory(Path directory) {
    this.directory = directory;
  }

  /** Writes a certificate with its chain, and its key. */
  public CertificateFiles write(String name, X509Bundle bundle) {
    Path cert = directory.resolve(name + ".pem");
    Path key = directory.resolve(name + ".key");
    try {
      Files.writeString(cert, bundle.getCertificatePathPEM());
      Files.writeString(key, bundle.getPrivateKeyPEM());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new CertificateFiles(cert.toString(), key.toString(), "");
  }

  /** The path of a certificate. */
  public String path(String name) {
    return directory.resolve(name + ".pem").toString();
  }

  /** A listener that shows these. */
  public static ListenerTls listener(boolean strictSni, CertificateFiles... certificates) {
    return listener(strictSni, List.of(), certificates);
  }

  /** The same with protocols. */
  public static ListenerTls listener(
      boolean strictSni, List<String> alpn, CertificateFiles... certificates) {
    List<CertificateFiles> all = new ArrayList<>(List.of(certificates));
    return new ListenerTls(
        all, strictSni, "", ClientAuth.NONE, TlsVersion.TLS_1_2, List.of(), alpn);
  }

  /** A pool that trusts the test's authority. */
  public PoolTls pool(Verify verify, CertificateFiles own) {
    write("authority", TestCertificates.AUTHORITY);
    return new PoolTls(
        true, verify, path("authority"), "", false, own.cert(), own.key(), "", List.of());
  }
}
