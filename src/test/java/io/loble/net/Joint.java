package io.loble.net;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.loble.model.HostPort;
import io.loble.model.TcpSettings;
import io.loble.net.channel.ChannelTransport;
import io.loble.net.epoll.EpollTransport;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection through two streams, without listeners, sessions or balancing: what a client sends
 * first is looked at, then both sides are joined.
 */
final class Joint implements AutoCloseable {

  /** A kind of stream. */
  enum Kind {
    EPOLL,
    CHANNEL
  }

  private final Vertx vertx;
  private final ContextInternal context;
  private final ServerSocket backends;
  private final int port;
  private final CompletableFuture<String> failure = new CompletableFuture<>();

  /**
   * @param accepted is given a client's stream, and what joins it to a backend's
   */
  Joint(
      io.vertx.core.transport.Transport transport,
      Kind clients,
      Kind backend,
      BiConsumer<Stream, Consumer<ByteBuf>> accepted)
      throws Exception {
    backends = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    vertx = Vertx.builder().withTransport(transport).build();
    context = (ContextInternal) vertx.getOrCreateContext();
    port =
        on(
            () -> {
              Transport toClients = transport(clients);
              Transport toBackends = clients == backend ? toClients : transport(backend);
              return toClients
                  .listen(
                      new ListenOptions(
                          "test",
                          new HostPort("127.0.0.1", 0),
                          false,
                          TcpSettings.NONE,
                          128,
                          false),
                      (client, from) -> {
                        Owner own = new Owner(client);
                        client.belongTo(own);
                        accepted.accept(client, first -> join(toBackends, own, first));
                      })
                  .map(Binding::port);
            });
  }

  private Transport transport(Kind kind) {
    return switch (kind) {
      case EPOLL -> new EpollTransport(vertx, RelayTuning.ADAPTIVE, new LoopLoad(), () -> {});
      case CHANNEL -> new ChannelTransport(vertx);
    };
  }

  private void join(Transport transport, Owner owner, ByteBuf first) {
    transport.dial(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), backends.getLocalPort()),
        new DialOptions(Duration.ofSeconds(10), StreamKind.FASTEST),
        new DialEvents() {
          @Override
          public void connected(Stream stream) {
            stream.belongTo(owner);
            owner.backend = stream;
            stream.send(first);
            Stream.join(stream, owner.client);
          }

          @Override
          public void connectFailed(Throwable cause) {
            failure.completeExceptionally(cause);
          }
        });
  }

  private <T> T on(java.util.function.Supplier<Future<T>> action) throws Exception {
    CompletableFuture<T> done = new CompletableFuture<>();
    context.runOnContext(
        here -> action.get().onComplete(done::complete, done::completeExceptionally));
    return done.get(20, SECONDS);
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    return socket;
  }

  Socket acceptBackend() throws IOException {
    backends.setSoTimeout(20_000);
    Socket socket = backends.accept();
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** Which side's failure was told first. */
  String failure() throws Exception {
    return failure.get(20, SECONDS);
  }

  static String text(ByteBuf bytes) {
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    backends.close();
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(20, SECONDS).join();
  }

  /** Passes ends on, and closes when both sides have ended or one has failed. */
  private final class Owner implements StreamOwner {

    private final Stream client;
    private @Nullable Stream backend;
    private boolean over;

    Owner(Stream client) {
      this.client = client;
    }

    @Override
    public void sourceEnded(Stream from) {
      from.relayEnd();
    }

    @Override
    public void delivered(Stream from) {
      if (from.peer().isDelivered()) {
        end();
      } else {
        from.peer().shutdownOutput();
      }
    }

    @Override
    public void failed(Stream side) {
      if (!over) {
        failure.complete(side == client ? "client" : "backend");
        end();
      }
    }

    @Override
    public void cannotWrite(Stream to) {
      failed(to);
    }

    @Override
    public void abort() {
      end();
    }

    private void end() {
      over = true;
      client.stop();
      client.close();
      if (backend != null) {
        backend.stop();
        backend.close();
      }
    }

    @Override
    public void active() {}

    @Override
    public void relaying(Stream from) {}

    @Override
    public void relayed(Stream from, int bytes) {}

    @Override
    public void spliced(int bytes) {}

    @Override
    public void endsBehindBacklog(Stream from) {}

    @Override
    public void goneBehindBacklog(Stream from) {}

    @Override
    public void flushed(Stream to) {}
  }
}
