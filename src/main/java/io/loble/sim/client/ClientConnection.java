package io.loble.sim.client;

import io.loble.sim.Resets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a simulated client. Its owner hears nothing more of it once it has closed or
 * reset it. Lives on its socket's event loop.
 */
final class ClientConnection {

  /** Who is told what happens. */
  interface Owner {

    void received(byte[] bytes);

    /** There is room again for what is to be written. */
    void writable();

    /** The other side sends no more. */
    void inputEnded();

    /** The connection is gone, and not in good order. */
    void broken();
  }

  private final NetSocketInternal socket;
  private final Owner owner;
  private Future<Void> lastWrite = Future.succeededFuture();
  private boolean closed;

  private ClientConnection(NetSocketInternal socket, Owner owner) {
    this.socket = socket;
    this.owner = owner;
  }

  /** Must be called as soon as the socket is connected, on its event loop. */
  static ClientConnection of(NetSocketInternal socket, Owner owner) {
    HalfClose.allow(socket);
    ClientConnection connection = new ClientConnection(socket, owner);
    socket.messageHandler(connection::received);
    socket.drainHandler(ignored -> connection.tell(owner::writable));
    socket.exceptionHandler(cause -> connection.tell(owner::broken));
    socket.closeHandler(ignored -> connection.tell(owner::inputEnded));
    return connection;
  }

  void write(Buffer bytes) {
    lastWrite = socket.write(bytes);
  }

  boolean isWritable() {
    return !socket.writeQueueFull();
  }

  /** Sends a FIN after what was written. */
  void endOutput() {
    lastWrite.onComplete(ignored -> HalfClose.shutdownOutput(socket));
  }

  /** Closes after what was written. */
  void close() {
    closed = true;
    socket.close();
  }

  /** Closes at once, without what was written and not sent. */
  void abandon() {
    closed = true;
    ChannelHandlerContext context = nearTheSocket();
    if (context != null) {
      context.close();
    }
  }

  /** Sends a reset after what was written. */
  void reset() {
    closed = true;
    lastWrite.onComplete(ignored -> breakOff());
  }

  private void breakOff() {
    ChannelHandlerContext context = nearTheSocket();
    // The descriptor of a closed channel may be another connection's by now, and an option set on
    // it would be set there.
    if (context != null && context.channel().isOpen()) {
      Resets.setLingerZero(context.channel());
      context.close();
    }
  }

  /** Beyond Vert.x's own handler, which would first wait for what was written. */
  private @Nullable ChannelHandlerContext nearTheSocket() {
    return socket.channelHandlerContext().pipeline().context(HalfClose.class);
  }

  private void received(Object message) {
    if (message == HalfClose.END_OF_INPUT) {
      tell(owner::inputEnded);
    } else if (message instanceof ByteBuf bytes) {
      byte[] copy = ByteBufUtil.getBytes(bytes);
      bytes.release();
      tell(() -> owner.received(copy));
    }
  }

  private void tell(Runnable news) {
    if (!closed) {
      news.run();
    }
  }
}
