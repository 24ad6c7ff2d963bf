package io.loble.proxy;

import static io.loble.tls.TestCertificates.AUTHORITY;
import static io.loble.tls.TestCertificates.leaf;

import io.loble.config.ListenerTls;
import io.loble.tls.HandshakeStats;
import io.loble.tls.TestFiles;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Clients with the JDK's TLS, and a listener for them that has two certificates. */
final class TlsClients {

  static final X509Bundle A = leaf(AUTHORITY, "a.example", "*.a.example");
  static final X509Bundle B = leaf(AUTHORITY, "b.example");

  private TlsClients() {}

  /** The ways to relay with TLS: on Linux's own sockets, and on Java's. */
  static Stream<RelayMode> modes() {
    return RelayMode.here().filter(mode -> mode == RelayMode.BUFFERS || mode == RelayMode.PORTABLE);
  }

  /** The first certificate is A's, for all names that no other is for. */
  static ListenerTls listener(Path directory) {
    return TestFiles.listener(
        TestFiles.write(directory, "a", A), TestFiles.write(directory, "b", B));
  }

  static SSLSocket connect(TestProxy proxy, SSLContext context, String name) throws IOException {
    return (SSLSocket) Wire.client(context, proxy.connect(), name).socket();
  }

  static boolean isEchoed(TestProxy proxy, SSLContext context) throws IOException {
    try (SSLSocket client = connect(proxy, context, "a.example")) {
      client.getOutputStream().write(7);
      return client.getInputStream().read() == 7;
    }
  }

  static HandshakeStats handshakes(TestProxy proxy) {
    return new ListenerRegistry(proxy.vertx()).security("default").stats();
  }

  /** How many have ended in one way. */
  static long handshakes(TestProxy proxy, String result, String version, boolean resumed) {
    return handshakes(proxy).counts().stream()
        .filter(count -> count.result().equals(result))
        .filter(count -> count.version().equals(version) && count.resumed() == resumed)
        .mapToLong(HandshakeStats.Count::total)
        .sum();
  }
}
