package io.loble.tls;

import io.loble.config.CertificateFiles;
import io.loble.config.ListenerTls;
import io.loble.model.PoolTls;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Certificates in files, for configurations to name, and contexts of the JDK for the other end. */
public final class TestFiles {

  private static final char[] PASSWORD = "password".toCharArray();

  private TestFiles() {}

  /** Writes a certificate and its key. */
  public static CertificateFiles write(Path directory, String name, X509Bundle bundle) {
    Path cert = directory.resolve(name + ".pem");
    Path key = directory.resolve(name + ".key");
    write(cert, bundle.getCertificatePathPEM());
    write(key, bundle.getPrivateKeyPEM());
    keepPrivate(key);
    return new CertificateFiles(cert.toString(), key.toString(), "");
  }

  /** Writes an authority's certificate. */
  public static Path authority(Path directory, String name, X509Bundle authority) {
    Path file = directory.resolve(name + ".pem");
    write(file, authority.getCertificatePEM());
    return file;
  }

  /** Others are warned of otherwise. */
  private static void keepPrivate(Path key) {
    try {
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** TLS with certificates in files. */
  public static ListenerTls listener(CertificateFiles... certificates) {
    ListenerTls off = ListenerTls.OFF;
    return new ListenerTls(
        List.of(certificates),
        off.strictSni(),
        off.clientCa(),
        off.clientAuth(),
        off.minVersion(),
        off.ciphers(),
        off.alpn());
  }

  /** TLS to backends whose certificates come from that authority, and are for that name. */
  public static PoolTls pool(Path authority, String serverName) {
    return new PoolTls(
        true, PoolTls.Verify.FULL, authority.toString(), serverName, false, "", "", "", List.of());
  }

  /** The JDK's TLS with one certificate, which trusts the test's authority. */
  public static SSLContext context(X509Bundle own) {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own.toKeyStore(PASSWORD), PASSWORD);
      return contextWith(keys.getKeyManagers());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The same without a certificate. It remembers no session of another. */
  public static SSLContext context() {
    return contextWith(null);
  }

  private static SSLContext contextWith(KeyManager @Nullable [] keys) {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", TestCertificates.AUTHORITY.getCertificate());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust.getTrustManagers(), null);
      return context;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
