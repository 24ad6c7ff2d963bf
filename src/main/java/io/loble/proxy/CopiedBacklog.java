package io.loble.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What is left of a buffer that was not written to its end. */
final class CopiedBacklog implements Backlog {

  private final ByteBuf bytes;

  CopiedBacklog(ByteBuffer left) {
    bytes = PooledByteBufAllocator.DEFAULT.directBuffer(left.remaining());
    bytes.writeBytes(left);
  }

  @Override
  public void emptyInto(EpollSocket sink) throws IOException {
    ByteBuffer left = bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes());
    bytes.skipBytes(sink.write(left));
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
