package io.loble.net.epoll;

import io.loble.net.LoopLoad;
import io.loble.net.ProcessLimit;
import io.loble.net.RelayTuning;
import io.loble.net.channel.ChannelStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.IoEventLoop;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.Socket;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** What all sockets of one epoll event loop share. Used on that event loop only. */
final class EpollLoop {

  private final IoEventLoop loop;
  private final RelayTuning tuning;
  private final LoopLoad load;
  private final ByteBuffer buffer;
  private final long bufferAddress;
  private final Pipes pipes;
  private final EpollHandles handles;
  private boolean closed;

  /**
   * The event loop of the context this is called on.
   *
   * @param load how many connections it has
   */
  EpollLoop(Vertx vertx, RelayTuning tuning, LoopLoad load) {
    this.loop = (IoEventLoop) ((ContextInternal) vertx.getOrCreateContext()).nettyEventLoop();
    this.handles = new EpollHandles(loop);
    this.tuning = tuning;
    this.load = load;
    this.buffer = ByteBuffer.allocateDirect(tuning.readSize());
    this.bufferAddress = Buffer.memoryAddress(buffer);
    this.pipes = new Pipes(ProcessLimit.ofPipes(vertx));
  }

  /**
   * A stream with a pipeline.
   *
   * @param socket connected, and in no epoll instance; closed when this fails
   */
  ChannelStream channelStream(SocketKind kind, Socket socket) throws IOException {
    Channel channel = channel(kind, socket);
    try {
      ChannelStream stream = ChannelStream.of(channel, loop);
      EpollInterest.keep(channel);
      return stream;
    } catch (IOException | RuntimeException e) {
      // Not the socket itself: the channel has another object of it, and may have closed it.
      channel.unsafe().closeForcibly();
      throw e;
    }
  }

  private static Channel channel(SocketKind kind, Socket socket) throws IOException {
    try {
      return kind.channel(socket.intValue());
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** Whether both are of one thread, and of one epoll instance. */
  boolean isOneWith(EpollLoop other) {
    return loop == other.loop;
  }

  LoopLoad load() {
    return load;
  }

  RelayTuning tuning() {
    return tuning;
  }

  /** What is read into, and written from before anything else is read. */
  long bufferAddress() {
    return bufferAddress;
  }

  /** A copy of a part of the buffer. */
  ByteBuf copyOfBuffer(int from, int to) {
    return PooledByteBufAllocator.DEFAULT
        .directBuffer(to - from)
        .writeBytes(buffer.limit(to).position(from));
  }

  Pipes pipes() {
    return pipes;
  }

  EpollHandles handles() {
    return handles;
  }

  /** Calls back on this event loop, after what it is doing; may be called from any thread. */
  void execute(Runnable task) {
    loop.execute(task);
  }

  /** Calls back on this event loop after so many milliseconds. */
  void executeIn(long millis, Runnable task) {
    loop.schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  /** Nothing more is to be begun here. */
  void close() {
    closed = true;
    pipes.close();
  }

  boolean isClosed() {
    return closed;
  }
}
