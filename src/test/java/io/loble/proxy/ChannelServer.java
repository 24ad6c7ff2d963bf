package io.loble.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A backend on a Unix socket or on TCP that does what a test tells it to, in blocking code. */
final class ChannelServer implements AutoCloseable {

  /** What is done with one connection; it is closed after it. */
  interface Script {
    void run(SocketChannel client) throws IOException;
  }

  private final ServerSocketChannel server;
  private final Script script;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger accepted = new AtomicInteger();
  private final List<SocketChannel> open = new CopyOnWriteArrayList<>();

  private ChannelServer(ServerSocketChannel server, Script script) {
    this.server = server;
    this.script = script;
    threads.execute(this::acceptAll);
  }

  static ChannelServer onPath(Path path, Script script) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return new ChannelServer(server.bind(UnixDomainSocketAddress.of(path), 1024), script);
  }

  static ChannelServer onTcp(Script script) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new ChannelServer(server.bind(any, 1024), script);
  }

  int port() throws IOException {
    return ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  int accepted() {
    return accepted.get();
  }

  private void acceptAll() {
    while (server.isOpen()) {
      try {
        SocketChannel client = server.accept();
        accepted.incrementAndGet();
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(SocketChannel client) {
    open.add(client);
    try (client) {
      script.run(client);
    } catch (IOException e) {
      // The other side went away, which is what many tests are about.
    } finally {
      open.remove(client);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (SocketChannel client : open) {
      client.close();
    }
    threads.shutdownNow();
  }
}
