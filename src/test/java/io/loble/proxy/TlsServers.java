package io.loble.proxy;

import io.loble.tls.TestFiles;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Backends with the JDK's TLS. */
final class TlsServers {

  private TlsServers() {}

  /** What is done with one connection. */
  interface TlsScript {
    void run(SSLSocket socket) throws IOException;
  }

  static TestServer server(X509Bundle certificate, TlsScript script) {
    SSLContext context = TestFiles.context(certificate);
    return TestServer.start(
        raw -> {
          try (Wire wire = Wire.server(context, raw)) {
            script.run((SSLSocket) wire.socket());
          }
        });
  }

  static TestServer echo(X509Bundle certificate) {
    return server(
        certificate, socket -> socket.getInputStream().transferTo(socket.getOutputStream()));
  }

  static boolean isEchoed(TestProxy proxy) throws IOException {
    try (Socket client = proxy.connect()) {
      client.getOutputStream().write(7);
      return client.getInputStream().read() == 7;
    }
  }
}
