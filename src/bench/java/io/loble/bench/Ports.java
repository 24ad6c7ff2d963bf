package io.loble.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Ports on the loopback interface. */
final class Ports {

  private static final Path RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final int LOWEST = 10_240;
  private static final int ATTEMPTS = 100;

  private Ports() {}

  /**
   * One that is free, and that the kernel does not give to outgoing connections: a load of new
   * connections uses all of those, and one that is tried before anyone listens could connect to
   * itself.
   */
  static int free() throws IOException {
    int end = Integer.parseInt(Files.readString(RANGE).trim().split("\\s+", -1)[0]);
    for (int i = 0; i < ATTEMPTS && end > LOWEST; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, end);
      if (isFree(port)) {
        return port;
      }
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(address(port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
