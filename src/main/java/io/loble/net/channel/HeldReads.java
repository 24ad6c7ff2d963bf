package io.loble.net.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpClientConnectionInternal;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands in the pipeline of a channel to which others are relayed: they are not read while it takes
 * no more. Vert.x, when it is paused, reads on for a few dozen reads of 64 KiB.
 */
public final class HeldReads extends ChannelInboundHandlerAdapter {

  private static final String NAME = "held";

  private final List<Channel> held = new ArrayList<>();

  HeldReads() {}

  /** Reads nothing more of a connection, if another has enough to write, until that takes more. */
  public static void hold(HttpConnection from, HttpConnection to) {
    hold(channel(from), channel(to));
  }

  /** Reads a connection again whatever the other takes: it has to do with that no more. */
  public static void release(HttpConnection from, HttpConnection to) {
    release(channel(from), channel(to));
  }

  static void release(Channel from, Channel to) {
    // Mostly it is read: then there is nothing to look for.
    if (!from.config().isAutoRead()) {
      HeldReads there = to.pipeline().get(HeldReads.class);
      if (there != null && there.held.remove(from)) {
        from.config().setAutoRead(true);
      }
    }
  }

  private static Channel channel(HttpConnection connection) {
    return connection instanceof HttpClientConnectionInternal client
        ? client.channelHandlerContext().channel()
        : HttpServerSockets.channel(connection);
  }

  static void hold(Channel from, Channel to) {
    if (!to.isWritable() && to.isActive() && from.config().isAutoRead()) {
      from.config().setAutoRead(false);
      of(to).held.add(from);
    }
  }

  private static HeldReads of(Channel channel) {
    HeldReads there = channel.pipeline().get(HeldReads.class);
    if (there != null) {
      return there;
    }
    HeldReads made = new HeldReads();
    channel.pipeline().addFirst(NAME, made);
    return made;
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    // First Vert.x writes what it holds itself; where that is enough again, nothing more is read.
    ctx.fireChannelWritabilityChanged();
    if (ctx.channel().isWritable()) {
      letGo();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    letGo();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    letGo();
  }

  private void letGo() {
    List<Channel> all = List.copyOf(held);
    held.clear();
    all.stream().filter(Channel::isActive).forEach(from -> from.config().setAutoRead(true));
  }
}
