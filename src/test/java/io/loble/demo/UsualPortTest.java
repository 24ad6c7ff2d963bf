package io.loble.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** A port that somebody listens on is left to him. */
class UsualPortTest {

  @Test
  void takenOrNot() throws IOException {
    int port;
    try (ServerSocket somebody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = somebody.getLocalPort();
      assertThat(UsualPort.orAny(port)).isZero();
    }
    assertThat(UsualPort.orAny(port)).isEqualTo(port);
  }
}
