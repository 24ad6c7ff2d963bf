package io.loble.proxy;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * One end of a connection, with TLS or without.
 *
 * @param socket to read from and to write to
 * @param raw the one below, whose reset no close_notify precedes
 */
record Wire(Socket socket, Socket raw) implements Closeable {

  static Wire plain(Socket socket) {
    return new Wire(socket, socket);
  }

  /** The end of a client, which asks for a name. */
  static Wire client(SSLContext context, Socket raw, String serverName) throws IOException {
    SSLSocket tls =
        (SSLSocket) context.getSocketFactory().createSocket(raw, serverName, raw.getPort(), true);
    return new Wire(tls, raw);
  }

  /** The end of a server. */
  static Wire server(SSLContext context, Socket raw) throws IOException {
    SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(raw, null, true);
    return new Wire(tls, raw);
  }

  void reset() throws IOException {
    RelayTest.reset(raw);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
