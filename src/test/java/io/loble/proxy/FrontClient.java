package io.loble.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client of a listener that reads first, and the servers behind it. */
final class FrontClient implements AutoCloseable {

  private final Socket socket;

  FrontClient(TestProxy proxy) throws IOException {
    this.socket = proxy.connect();
    socket.setTcpNoDelay(true);
  }

  /** A server that says its name, a line feed, and then what it gets. */
  static TestServer named(String name) {
    return TestServer.start(
        connection -> {
          connection.getOutputStream().write((name + "\n").getBytes(StandardCharsets.US_ASCII));
          connection.getInputStream().transferTo(connection.getOutputStream());
        });
  }

  FrontClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  FrontClient send(byte[] bytes, int from, int to) throws IOException {
    socket.getOutputStream().write(bytes, from, to - from);
    return this;
  }

  FrontClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.US_ASCII));
  }

  FrontClient byteByByte(byte[] bytes) throws IOException {
    for (byte each : bytes) {
      socket.getOutputStream().write(each);
    }
    return this;
  }

  FrontClient end() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** The line that a server begins with. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = socket.getInputStream().read(); next != '\n'; ) {
      assertThat(next).as("after \"%s\"", line).isNotEqualTo(-1);
      line.append((char) next);
      next = socket.getInputStream().read();
    }
    return line.toString();
  }

  /** Gets exactly these bytes next. */
  void gets(byte[] expected) throws IOException {
    assertThat(socket.getInputStream().readNBytes(expected.length)).isEqualTo(expected);
  }

  void isReset() {
    assertThatThrownBy(() -> assertThat(socket.getInputStream().read()).isEqualTo(-2))
        .isInstanceOf(SocketException.class);
  }

  void ends() throws IOException {
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
  }

  void reset() throws IOException {
    RelayTest.reset(socket);
  }

  int localPort() {
    return socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
