package io.loble.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Ports on which nobody listens, and on which nobody can begin to: they are bound for as long as
 * the tests run. A port that was merely closed can be another process's a moment later.
 */
public final class ClosedPort {

  private static final int HELD = 8;
  private static final List<Socket> SOCKETS =
      Stream.generate(ClosedPort::bound).limit(HELD).toList();
  private static final AtomicInteger NEXT = new AtomicInteger();

  private ClosedPort() {}

  /** One of a few, each in turn. */
  public static int next() {
    return SOCKETS.get(Math.floorMod(NEXT.getAndIncrement(), HELD)).getLocalPort();
  }

  private static Socket bound() {
    try {
      Socket socket = new Socket();
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
