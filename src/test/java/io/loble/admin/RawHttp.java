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
    String request = requestLine + "\r\nHost: test\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket(server.host(), server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
