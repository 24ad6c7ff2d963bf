package io.loble.net.epoll;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes in memory. */
final class CopiedBacklog implements Backlog {

  private final ByteBuf bytes;

  /** Takes the buffer over. */
  CopiedBacklog(ByteBuf data) {
    bytes = isFitForTheKernel(data) ? data : copied(data);
  }

  private static boolean isFitForTheKernel(ByteBuf data) {
    return data.isDirect() && data.nioBufferCount() == 1;
  }

  private static ByteBuf copied(ByteBuf data) {
    try {
      return PooledByteBufAllocator.DEFAULT.directBuffer(data.readableBytes()).writeBytes(data);
    } finally {
      data.release();
    }
  }

  @Override
  public void emptyInto(EpollSocket sink) throws IOException {
    if (bytes.isReadable()) {
      ByteBuffer left = bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes());
      bytes.skipBytes(sink.write(left));
    }
  }

  @Override
  public boolean isEmpty() {
    return !bytes.isReadable();
  }

  @Override
  public void release() {
    bytes.release();
  }
}
