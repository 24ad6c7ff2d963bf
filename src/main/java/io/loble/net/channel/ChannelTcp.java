package io.loble.net.channel;

import io.loble.net.TcpOptions;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/** What {@link TcpOptions} does, for Netty's channels. */
final class ChannelTcp {

  private ChannelTcp() {}

  /** Has the kernel ask the other end whether it is there. */
  static void keepAlive(Channel channel, Duration idle) {
    set(channel, socket -> TcpOptions.setKeepalive(socket, idle), config -> probe(config, idle));
  }

  /** Does nothing on Java's own transport, which has no such option. */
  static void limitUnanswered(Channel channel, Duration most) {
    set(channel, socket -> TcpOptions.setUserTimeout(socket, most), config -> {});
  }

  /** An option that this system does not have is passed over by Netty. */
  private static void probe(ChannelConfig config, Duration idle) {
    config.setOption(ChannelOption.SO_KEEPALIVE, true);
    config.setOption(
        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), Math.toIntExact(idle.toSeconds()));
    config.setOption(
        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL),
        TcpOptions.intervalSeconds(idle));
    config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), TcpOptions.PROBES);
  }

  private interface OnSocket {
    void set(Socket socket) throws IOException;
  }

  private interface OnConfig {
    void set(ChannelConfig config);
  }

  private static void set(Channel channel, OnSocket natively, OnConfig elsewhere) {
    // The descriptor of a closed channel may be another connection's by now.
    if (!channel.isOpen() || !Channels.isTcp(channel)) {
      return;
    }
    try {
      if (channel instanceof UnixChannel unix && unix.fd() instanceof Socket socket) {
        natively.set(socket);
      } else {
        elsewhere.set(channel.config());
      }
    } catch (IOException | ChannelException e) {
      // The connection is gone, which is told by an event.
    }
  }
}
