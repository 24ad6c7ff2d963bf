package io.loble.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of the handlers of a handshake, and gives them one record after the other: so
 * none of the bytes behind the last one is in their hands when it is over. With BoringSSL a {@link
 * BoringSslHandler} takes over then.
 */
final class HandshakeRecords extends ChannelInboundHandlerAdapter {

  private static final int HEADER = 5;

  /** A record of TLS 1.2 may be so much longer than what it has encrypted. */
  private static final int MOST_BYTES = 16_384 + 2_048;

  /** Change of cipher specification, the first type of record there is. */
  private static final int FIRST_TYPE = 20;

  /** Application data, the last one. */
  private static final int LAST_TYPE = 23;

  private @Nullable ByteBuf held;
  private boolean feeding;
  private boolean over;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf data = (ByteBuf) message;
    // A record may come byte by byte: what is held is not to be copied for each.
    held =
        held == null
            ? data
            : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), held, data);
    feed(ctx);
  }

  private void feed(ChannelHandlerContext ctx) {
    feeding = true;
    while (!over && held != null) {
      int length = lengthOfFirst(held);
      if (length > held.readableBytes()) {
        break;
      }
      ByteBuf record = length == held.readableBytes() ? takeAll() : held.readRetainedSlice(length);
      ctx.fireChannelRead(record);
      ctx.fireChannelReadComplete();
    }
    feeding = false;
    if (over) {
      takeOver(ctx);
    }
  }

  /** Of what is no record, all: others are to say so. */
  private static int lengthOfFirst(ByteBuf bytes) {
    int type = bytes.getUnsignedByte(bytes.readerIndex());
    if (type < FIRST_TYPE || type > LAST_TYPE) {
      return bytes.readableBytes();
    }
    if (bytes.readableBytes() < HEADER) {
      return HEADER;
    }
    int length = bytes.getUnsignedShort(bytes.readerIndex() + HEADER - 2);
    return length > MOST_BYTES ? bytes.readableBytes() : HEADER + length;
  }

  private ByteBuf takeAll() {
    ByteBuf all = held;
    held = null;
    if (all == null) {
      throw new IllegalStateException("nothing is held");
    }
    return all;
  }

  /** The handshake is over, with success: called from behind, while a record is looked at. */
  void agreed(ChannelHandlerContext from) {
    over = true;
    if (!feeding) {
      ChannelHandlerContext own = from.pipeline().context(this);
      from.executor().execute(() -> takeOver(own));
    }
  }

  private void takeOver(ChannelHandlerContext ctx) {
    if (ctx.isRemoved()) {
      return;
    }
    ChannelPipeline pipeline = ctx.pipeline();
    SslHandler ssl = pipeline.get(SslHandler.class);
    ByteBuf rest = held;
    held = null;
    if (ssl != null
        && ctx.channel().isOpen()
        && ssl.engine() instanceof ReferenceCountedOpenSslEngine engine) {
      engine.retain();
      pipeline.remove(ssl);
      pipeline.replace(this, null, new BoringSslHandler(new BoringSslSession(engine)));
    } else {
      pipeline.remove(this);
    }
    OutcomeHandler outcome = pipeline.get(OutcomeHandler.class);
    if (outcome != null) {
      pipeline.remove(outcome);
    }
    if (rest != null) {
      pipeline.fireChannelRead(rest);
      pipeline.fireChannelReadComplete();
    }
  }

  /** What is held is less than a record, and there will be no more. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    passOnRest(ctx);
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    passOnRest(ctx);
    ctx.fireChannelInactive();
  }

  private void passOnRest(ChannelHandlerContext ctx) {
    if (held != null) {
      ctx.fireChannelRead(takeAll());
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (held != null) {
      takeAll().release();
    }
  }
}
