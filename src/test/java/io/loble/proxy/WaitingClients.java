package io.loble.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;

/** Clients of a pool with a queue, in front of servers that send back what they get. */
final class WaitingClients {

  private static final int ANYTHING = 7;

  private WaitingClients() {}

  /** Waits until the client is answered. */
  static void assertServed(Socket client) throws IOException {
    client.getOutputStream().write(ANYTHING);
    assertThat(client.getInputStream().read()).isEqualTo(ANYTHING);
  }

  /** Ends the client's connection, and waits until the backend has ended it too. */
  static void close(Socket client) throws IOException {
    client.shutdownOutput();
    assertThat(client.getInputStream().read()).isEqualTo(-1);
    client.close();
  }

  /** A new client is reset, which may be as early as in the connect. */
  static void assertReset(TestProxy proxy) {
    assertThatThrownBy(() -> connectAndRead(proxy))
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  private static int connectAndRead(TestProxy proxy) throws IOException {
    try (Socket client = proxy.connect()) {
      return client.getInputStream().read();
    }
  }
}
