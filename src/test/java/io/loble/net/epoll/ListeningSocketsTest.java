package io.loble.net.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernel's list of listening sockets is read rightly. */
@EnabledOnOs(OS.LINUX)
class ListeningSocketsTest {

  @ParameterizedTest
  @CsvSource({"127.0.0.1, INET", "0.0.0.0, INET", "::1, INET6", "::, INET6"})
  void all_on_that_address_are_found_and_no_others(String host, StandardProtocolFamily family)
      throws IOException {
    try (ServerSocketChannel elsewhere = listen(host, 0, family)) {
      InetSocketAddress address;
      try (ServerSocketChannel first = listen(host, 0, family)) {
        address = address(host, first);
        assertThat(ListeningSockets.on(address)).hasSize(1);
        try (ServerSocketChannel second = listen(host, address.getPort(), family)) {
          assertThat(ListeningSockets.on(address(host, second)))
              .hasSize(2)
              .doesNotContainAnyElementsOf(ListeningSockets.on(address(host, elsewhere)));
        }
        assertThat(ListeningSockets.on(address)).hasSize(1);
      }
      assertThat(ListeningSockets.on(address)).isEmpty();
    }
  }

  private static InetSocketAddress address(String host, ServerSocketChannel channel)
      throws IOException {
    int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
    return new InetSocketAddress(InetAddress.getByName(host), port);
  }

  private static ServerSocketChannel listen(String host, int port, StandardProtocolFamily family)
      throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(family);
    channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    channel.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    return channel;
  }
}
