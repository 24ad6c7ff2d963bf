package io.loble.sim.client;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a server, passes everything on and changes one single byte of all that comes back.
 */
final class Meddler {

  private final NetServer server;
  private final NetClient client;
  private final int target;
  private final long place;
  private final AtomicLong passed = new AtomicLong();

  private Meddler(Vertx vertx, int target, long place) {
    this.server = vertx.createNetServer();
    this.client = vertx.createNetClient();
    this.target = target;
    this.place = place;
  }

  /**
   * Starts one.
   *
   * @param place which of all bytes is changed, from 0
   */
  static Meddler start(Vertx vertx, int target, long place) {
    Meddler meddler = new Meddler(vertx, target, place);
    meddler.server.connectHandler(meddler::accepted).listen(0, "127.0.0.1").await();
    return meddler;
  }

  int port() {
    return server.actualPort();
  }

  private void accepted(NetSocket socket) {
    Side near = new Side(socket, bytes -> bytes);
    socket.pause();
    client
        .connect(target, "127.0.0.1")
        .onSuccess(
            far -> {
              near.joinWith(new Side(far, this::meddledWith));
              socket.resume();
            })
        .onFailure(cause -> socket.close());
  }

  private byte[] meddledWith(byte[] bytes) {
    long from = passed.getAndAdd(bytes.length);
    if (place >= from && place < from + bytes.length) {
      bytes[(int) (place - from)] ^= 0x20;
    }
    return bytes;
  }

  /** One of the two connections that make up a relay. */
  private static final class Side implements ClientConnection.Owner {

    private final ClientConnection connection;
    private final UnaryOperator<byte[]> change;
    private @Nullable Side other;
    private boolean ended;

    Side(NetSocket socket, UnaryOperator<byte[]> change) {
      this.connection = ClientConnection.of((NetSocketInternal) socket, this);
      this.change = change;
    }

    void joinWith(Side far) {
      other = far;
      far.other = this;
    }

    @Override
    public void received(byte[] bytes) {
      if (other != null) {
        other.connection.write(Buffer.buffer(change.apply(bytes)));
      }
    }

    @Override
    public void writable() {}

    @Override
    public void inputEnded() {
      ended = true;
      if (other != null) {
        other.connection.endOutput();
        if (other.ended) {
          broken();
        }
      }
    }

    @Override
    public void broken() {
      connection.close();
      if (other != null) {
        other.connection.close();
      }
    }
  }
}
