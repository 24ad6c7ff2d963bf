package io.loble.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A backend that does what a test tells it to with each connection, in blocking code. */
final class TestServer implements AutoCloseable {

  /** What is done with one connection; the socket is closed after it. */
  interface Script {
    void run(Socket socket) throws IOException;
  }

  private final ServerSocket server;
  private final Script script;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger accepted = new AtomicInteger();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  private TestServer(ServerSocket server, Script script) {
    this.server = server;
    this.script = script;
    threads.execute(this::acceptAll);
  }

  static TestServer start(Script script) {
    return start(InetAddress.getLoopbackAddress(), script);
  }

  static TestServer start(InetAddress address, Script script) {
    try {
      return new TestServer(new ServerSocket(0, 1024, address), script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends back what it gets, and closes when the client has. */
  static TestServer echo() {
    return start(
        socket -> {
          socket.getInputStream().transferTo(socket.getOutputStream());
        });
  }

  /** Says a text and closes. */
  static TestServer saying(String text) {
    return start(socket -> socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8)));
  }

  int port() {
    return server.getLocalPort();
  }

  int accepted() {
    return accepted.get();
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        accepted.incrementAndGet();
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    open.add(socket);
    try (socket) {
      script.run(socket);
    } catch (IOException e) {
      // The other side went away, which is what many tests are about.
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
