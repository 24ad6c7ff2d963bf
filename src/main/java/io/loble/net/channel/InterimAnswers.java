package io.loble.net.channel;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Takes interim answers out that Vert.x's client does not know and would take for final ones. A
 * proxy may do so with those that nobody has asked for (RFC 9110, 15.2).
 */
final class InterimAnswers extends ChannelInboundHandlerAdapter {

  private static final String CODEC = "codec";

  private boolean within;

  private InterimAnswers() {}

  /** From now on, on a connection of HTTP/1. */
  static void ignore(ChannelPipeline pipeline) {
    if (pipeline.get(CODEC) != null) {
      pipeline.addAfter(CODEC, "interim", new InterimAnswers());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpResponse head && isUnknown(head)) {
      within = true;
    }
    if (!within) {
      ctx.fireChannelRead(message);
      return;
    }
    if (message instanceof LastHttpContent) {
      within = false;
    }
    ReferenceCountUtil.release(message);
  }

  private static boolean isUnknown(HttpResponse head) {
    int status = head.status().code();
    return head.decoderResult().isSuccess()
        && HttpStatusClass.INFORMATIONAL.contains(status)
        && status != 100
        && status != 101
        && status != 103;
  }
}
