package io.loble.control;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.ListenerConfig;
import io.loble.model.HostPort;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class FreeAddressesTest {

  @Test
  void anAddressInUseIsNamed(Vertx vertx) throws IOException {
    try (ServerSocket taken = listening("127.0.0.1")) {
      HostPort address = new HostPort("127.0.0.1", taken.getLocalPort());
      assertThatThrownBy(() -> check(vertx, address))
          .isInstanceOf(CommandException.class)
          .hasMessage("listener 'web': cannot listen on " + address + ": address already in use");
    }
  }

  @Test
  void whoListensOnIpv6AloneIsNotInTheWayOfIpv4(Vertx vertx) throws IOException {
    try (ServerSocket taken = listeningOnIpv6Alone()) {
      check(vertx, new HostPort("0.0.0.0", taken.getLocalPort()));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aSharedAddressMayBeInUse(Vertx vertx) throws IOException {
    try (ServerSocket sharing = new ServerSocket()) {
      sharing.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      sharing.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      HostPort address = new HostPort("127.0.0.1", sharing.getLocalPort());
      check(vertx, new ListenerConfig("web", address, "default", true));
      assertThatThrownBy(() -> check(vertx, address)).isInstanceOf(CommandException.class);
    }
  }

  @Test
  void anUnknownHostIsNamed(Vertx vertx) {
    assertThatThrownBy(() -> check(vertx, new HostPort("no.such.host.invalid", 1)))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("no.such.host.invalid:1");
  }

  /** On a port that nobody has on IPv4, where others get theirs from the same range. */
  private static ServerSocket listeningOnIpv6Alone() throws IOException {
    while (true) {
      ServerSocket socket = listening("::1");
      try (ServerSocket same = new ServerSocket()) {
        same.bind(
            new InetSocketAddress(
                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), socket.getLocalPort()));
        return socket;
      } catch (BindException e) {
        socket.close();
      }
    }
  }

  private static ServerSocket listening(String host) throws IOException {
    return new ServerSocket(0, 1, InetAddress.getByName(host));
  }

  private static void check(Vertx vertx, HostPort address) {
    check(vertx, new ListenerConfig("web", address, "default", false));
  }

  private static void check(Vertx vertx, ListenerConfig added) {
    new FreeAddresses(vertx).check(List.of(), List.of(added)).await();
  }
}
