package io.loble.admin;

import io.loble.model.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends what a well-behaved one would not. */
final class RawHttp {

  private RawHttp() {}

  /** Sends that request line and returns everything that is answered until the server closes. */
  static String exchange(HostPort server, String requestLine) {
    return send(server, requestLine + "\r\nHost: test\r\nConnection: close\r\n\r\n");
  }

  /** Sends exactly that and returns everything that is answered until the server closes. */
  static String send(HostPort server, String bytes) {
    try (Socket socket = new Socket(server.host(), server.port())) {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
