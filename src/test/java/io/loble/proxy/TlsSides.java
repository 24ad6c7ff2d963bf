package io.loble.proxy;

import io.loble.config.CertificateFiles;
import io.loble.tls.TestCertificates;
import io.loble.tls.TestFiles;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/** Which sides of a connection are encrypted. */
enum TlsSides {
  NONE,
  CLIENT,
  BACKEND,
  BOTH;

  static final String NAME = "a.example";

  private static final X509Bundle LEAF = TestCertificates.leaf(TestCertificates.AUTHORITY, NAME);
  private static final SSLContext CONTEXT = TestFiles.context(LEAF);

  private boolean ofClient() {
    return this == CLIENT || this == BOTH;
  }

  private boolean ofBackend() {
    return this == BACKEND || this == BOTH;
  }

  /** Has a configuration encrypt them. */
  TestConfig applyTo(TestConfig config, Path directory) {
    if (ofClient()) {
      CertificateFiles files = TestFiles.write(directory, "leaf", LEAF);
      config.tls(TestFiles.listener(files));
    }
    if (ofBackend()) {
      Path authority = TestFiles.authority(directory, "ca", TestCertificates.AUTHORITY);
      config.poolTls(TestFiles.pool(authority, NAME));
    }
    return config;
  }

  Wire client(Socket socket) throws IOException {
    return ofClient() ? Wire.client(CONTEXT, socket, NAME) : Wire.plain(socket);
  }

  Wire backend(Socket socket) throws IOException {
    return ofBackend() ? Wire.server(CONTEXT, socket) : Wire.plain(socket);
  }
}
