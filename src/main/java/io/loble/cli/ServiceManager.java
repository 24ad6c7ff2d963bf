package io.loble.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what started the process how far it is, if it asked to be told: systemd's {@code
 * sd_notify(3)}, a datagram to the socket that {@code NOTIFY_SOCKET} names. Thus {@code systemctl
 * start} returns when clients are accepted, and not before.
 */
final class ServiceManager {

  private static final Logger log = LoggerFactory.getLogger("loble");
  private static final String VARIABLE = "NOTIFY_SOCKET";

  private ServiceManager() {}

  /**
   * Clients are accepted.
   *
   * @param status a line for people
   */
  static void ready(String status) {
    tell("READY=1\nSTATUS=" + status);
  }

  /** The process is about to end. */
  static void stopping() {
    tell("STOPPING=1\nSTATUS=waiting for open connections");
  }

  private static void tell(String state) {
    String path = System.getenv(VARIABLE);
    if (path == null || path.isEmpty()) {
      return;
    }
    try {
      send(state, path);
    } catch (IOException | RuntimeException e) {
      log.warn("cannot notify {} {}: {}", VARIABLE, path, e.getMessage());
    }
  }

  /** Java has no datagrams on Unix sockets. */
  private static void send(String state, String path) throws IOException {
    if (!Epoll.isAvailable()) {
      throw new IOException("Netty's native library cannot be loaded");
    }
    Socket socket = Socket.newSocketDomainDgram();
    try {
      byte[] bytes = state.getBytes(UTF_8);
      ByteBuffer datagram = ByteBuffer.allocateDirect(bytes.length).put(bytes);
      socket.sendToDomainSocket(datagram, 0, bytes.length, address(path));
    } finally {
      socket.close();
    }
  }

  /** A leading {@code @} stands for the zero that begins the name of a socket without a file. */
  private static byte[] address(String path) {
    return (path.startsWith("@") ? '\0' + path.substring(1) : path).getBytes(UTF_8);
  }
}
