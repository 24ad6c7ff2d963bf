package io.loble.sim.client;

import io.loble.sim.Command;
import io.loble.sim.LineProtocol;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that answers every numbered line, never ends its output, and sees how its clients end.
 */
final class Witness {

  private final AtomicInteger ends = new AtomicInteger();
  private final AtomicInteger resets = new AtomicInteger();
  private final NetServer server;

  private Witness(Vertx vertx) {
    this.server = vertx.createNetServer().connectHandler(Session::new);
  }

  static Witness start(Vertx vertx) {
    Witness witness = new Witness(vertx);
    witness.server.listen(0, "127.0.0.1").await();
    return witness;
  }

  int port() {
    return server.actualPort();
  }

  /** How many clients have ended their output in good order. */
  int ends() {
    return ends.get();
  }

  /** How many connections were reset. */
  int resets() {
    return resets.get();
  }

  private final class Session implements ClientConnection.Owner {

    private final ClientConnection connection;
    private final LineProtocol lines = new LineProtocol();
    private boolean reset;

    Session(NetSocket socket) {
      connection = ClientConnection.of((NetSocketInternal) socket, this);
    }

    @Override
    public void received(byte[] bytes) {
      lines.offer(Buffer.buffer(bytes));
      for (Command next = lines.poll(); next != null; next = lines.poll()) {
        // What a client asks before it resets has no such number. An answer to that would fail, and
        // with it go the news of the reset.
        if (next instanceof Command.Line line && line.argument().contains("-")) {
          connection.write(line.answer());
        }
      }
    }

    @Override
    public void writable() {}

    @Override
    public void inputEnded() {
      if (!reset) {
        ends.incrementAndGet();
      }
    }

    @Override
    public void broken() {
      reset = true;
      resets.incrementAndGet();
    }
  }
}
