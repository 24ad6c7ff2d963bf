package io.loble.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The port that the documentation names, where it is free. */
final class UsualPort {

  private UsualPort() {}

  /** The port if it is free on 127.0.0.1, else 0, which stands for any. */
  static int orAny(int port) {
    // Without "reuse port": another balancer that listens there would share it, and the clients.
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return port;
    } catch (IOException e) {
      return 0;
    }
  }
}
