package io.loble.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server inside the test, where a process of its own would tell no more. */
final class Server implements AutoCloseable {

  /** What is done with a connection, which is closed after it. */
  interface Script {
    void run(Socket socket) throws IOException;
  }

  private final ServerSocket listening;
  private final Script script;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger served = new AtomicInteger();

  private Server(ServerSocket listening, Script script) {
    this.listening = listening;
    this.script = script;
    threads.execute(this::accept);
  }

  static Server start(Script script) throws IOException {
    return new Server(new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()), script);
  }

  /** Answers the first line with ACK. */
  static Server acking() throws IOException {
    return start(
        socket -> {
          BufferedReader in =
              new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
          if (in.readLine() == null) {
            throw new IOException("a probe");
          }
          socket.getOutputStream().write("ACK\n".getBytes(US_ASCII));
        });
  }

  /** Sends back what it gets. */
  static Server echoing() throws IOException {
    return start(socket -> socket.getInputStream().transferTo(socket.getOutputStream()));
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Connections whose script ran to its end: not those of probes that only connect. */
  int served() {
    return served.get();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      script.run(socket);
      served.incrementAndGet();
    } catch (IOException e) {
      // The other side went away.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdownNow();
  }
}
