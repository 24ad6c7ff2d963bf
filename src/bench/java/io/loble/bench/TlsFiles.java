package io.loble.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The certificate that all proxies show their clients, which signs itself, and its key. It is made
 * when the first proxy needs it, and lies beside the directories of the proxies. Each gets a copy.
 */
final class TlsFiles {

  /** What makes it. */
  static final String PROGRAM = "openssl";

  /** The certificate's file in the directory of a proxy. */
  static final String CERT = "tls.pem";

  /** That of the key; HAProxy looks for it under this name. */
  static final String KEY = CERT + ".key";

  private static final int PATIENCE_SECONDS = 60;
  private static final List<String> P256 = List.of("ec", "-pkeyopt", "ec_paramgen_curve:P-256");
  private static final List<String> RSA = List.of("rsa:2048");

  private TlsFiles() {}

  /**
   * Copies both to the directory of a proxy.
   *
   * @param parent where they are kept
   * @param reads which of the two kinds of keys it is
   */
  static void copy(Path parent, Path directory, Reads reads)
      throws IOException, InterruptedException {
    Path made = parent.resolve("certificate-" + reads);
    if (Files.notExists(made)) {
      make(Files.createDirectory(made), reads);
    }
    for (String file : List.of(CERT, KEY)) {
      Files.copy(made.resolve(file), directory.resolve(file));
    }
  }

  private static void make(Path directory, Reads reads) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(Tools.path(PROGRAM), "req", "-x509", "-nodes", "-newkey"));
    command.addAll(reads == Reads.TLS_RSA ? RSA : P256);
    command.addAll(List.of("-subj", "/CN=" + ClientHello.SERVER_NAME, "-days", "30"));
    command.addAll(List.of("-addext", "subjectAltName=DNS:" + ClientHello.SERVER_NAME));
    command.addAll(List.of("-keyout", KEY, "-out", CERT));
    Child.run(directory, PATIENCE_SECONDS, command);
  }
}
