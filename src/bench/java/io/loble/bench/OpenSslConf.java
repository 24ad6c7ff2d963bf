package io.loble.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What programs that use OpenSSL agree on with a proxy, where they have no options for it. */
final class OpenSslConf {

  private static final String CONF =
      """
      openssl_conf = all
      [all]
      ssl_conf = ssl
      [ssl]
      system_default = terms
      [terms]
      MinProtocol = %s
      Ciphersuites = %s
      Groups = %s
      """
          .formatted(TlsClient.VERSION, TlsClient.CIPHER, TlsClient.GROUP.toUpperCase(Locale.ROOT));

  private OpenSslConf() {}

  /** What has to stand in front of a command, so that it offers the same as {@link TlsClient}. */
  static List<String> prefix(Path directory) throws IOException {
    Path conf = Files.writeString(directory.resolve("openssl.cnf"), CONF);
    return List.of(Tools.path("env"), "OPENSSL_CONF=" + conf);
  }
}
