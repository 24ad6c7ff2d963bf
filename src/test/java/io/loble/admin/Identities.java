package io.loble.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates that sign themselves, for {@code localhost}, made by the JDK's keytool. */
final class Identities {

  static final Identity SERVER = create("server", "RSA");
  static final Identity RENEWED = create("renewed", "EC");
  static final Identity CLIENT = create("client", "EC");

  private static final String PASSWORD = "changeit";

  /** A certificate with its key. */
  record Identity(X509Certificate cert, PrivateKey key) {

    String certPem() throws GeneralSecurityException {
      return pem("CERTIFICATE", cert.getEncoded());
    }

    String keyPem() {
      return pem("PRIVATE KEY", key.getEncoded());
    }
  }

  private Identities() {}

  /** A client's side that trusts one server and shows those certificates, if any. */
  static SSLContext client(Identity server, Identity... shown)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = empty();
    trusted.setCertificateEntry("server", server.cert());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers(shown), trust.getTrustManagers(), new SecureRandom());
    return context;
  }

  private static KeyManager[] managers(Identity... shown)
      throws GeneralSecurityException, IOException {
    KeyStore own = empty();
    for (Identity identity : shown) {
      X509Certificate[] chain = {identity.cert()};
      own.setKeyEntry("own", identity.key(), PASSWORD.toCharArray(), chain);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, PASSWORD.toCharArray());
    return keys.getKeyManagers();
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Identity create(String name, String algorithm) {
    try {
      Path directory = Files.createTempDirectory("loble-test");
      Path file = directory.resolve("store");
      keytool(name, algorithm, file);
      Identity identity = read(file);
      Files.delete(file);
      Files.delete(directory);
      return identity;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static void keytool(String name, String algorithm, Path file) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "own",
            "-dname",
            "CN=" + name,
            "-ext",
            "san=dns:localhost,ip:127.0.0.1",
            "-keyalg",
            algorithm,
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!Files.exists(file)) {
      throw new IOException(said);
    }
  }

  private static Identity read(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return new Identity(
        (X509Certificate) store.getCertificate("own"),
        (PrivateKey) store.getKey("own", PASSWORD.toCharArray()));
  }

  private static String pem(String type, byte[] content) {
    String lines = Base64.getMimeEncoder().encodeToString(content);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, lines, type);
  }
}
