package io.loble.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP server on loopback that does one thing with every connection, one after the other. */
public final class TestServer implements AutoCloseable {

  /** What is done with a connection, which is closed afterwards. */
  public interface Script {
    void run(Socket socket) throws IOException;
  }

  private final ServerSocket listening = new ServerSocket();
  private final AtomicInteger finished = new AtomicInteger();
  private final Script script;

  private TestServer(int port, Script script) throws IOException {
    this.script = script;
    listening.setReuseAddress(true);
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  public static TestServer start(Script script) throws IOException {
    return startOn(0, script);
  }

  public static TestServer startOn(int port, Script script) throws IOException {
    TestServer server = new TestServer(port, script);
    Thread thread = new Thread(server::serve, "test server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private void serve() {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        script.run(socket);
        finished.incrementAndGet();
      } catch (IOException e) {
        // The probe has gone, or the test is over.
      }
    }
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** Connections whose script has run to its end. */
  public int finished() {
    return finished.get();
  }

  /** Listens no more; what is connected stays so. */
  public void stop() throws IOException {
    listening.close();
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}
