package io.loble.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.ClosedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A port that somebody listens on is left to him. */
class UsualPortTest {

  @Test
  void takenOrNot() throws IOException {
    assertThat(UsualPort.orAny(ClosedPort.next())).isZero();
    try (ServerSocket somebody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(UsualPort.orAny(somebody.getLocalPort())).isZero();
    }
  }

  @Test
  void aFreeOneIsTaken() {
    // Some of them may be another program's, but not all.
    assertThat(IntStream.range(20_000, 20_100).filter(port -> UsualPort.orAny(port) == port))
        .isNotEmpty();
  }
}
