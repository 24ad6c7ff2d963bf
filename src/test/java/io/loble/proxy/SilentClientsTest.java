package io.loble.proxy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.loble.config.FrontConfig;
import io.loble.model.Rejection;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many clients that connect to a listener that reads first, and say nothing. */
class SilentClientsTest {

  /** Each takes two descriptors in this process. */
  private static final int CLIENTS = 5_000;

  private static final long MOST_BUFFER_BYTES = 32L * 1024 * 1024;

  @Test
  void theyHoldNoBuffersAndEndInTime() throws Exception {
    RelayMode mode = RelayMode.here().findFirst().orElseThrow();
    FrontConfig front = FrontConfig.NONE.withProxyFrom().withSniffTimeout(Duration.ofSeconds(5));
    List<SocketChannel> clients = new ArrayList<>();
    try (TestServer server = TestServer.echo();
        TestProxy proxy =
            TestProxy.start(mode, new TestConfig().backend(server.port()).front(front))) {
      long before = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(connect(proxy.port()));
      }
      long held = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - before;
      assertThat(held).isLessThan(MOST_BUFFER_BYTES);

      await()
          .atMost(60, SECONDS)
          .until(() -> proxy.listener().rejectedTotal(Rejection.BAD_PREFACE) == CLIENTS);
      proxy.awaitIdle();
      assertThat(server.accepted()).isZero();
    } finally {
      for (SocketChannel client : clients) {
        client.close();
      }
    }
  }

  private static SocketChannel connect(int port) throws IOException {
    return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }
}
