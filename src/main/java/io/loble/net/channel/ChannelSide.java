package io.loble.net.channel;

import io.loble.net.Stream;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A stream whose socket is a channel's. */
abstract class ChannelSide extends Stream {

  private final Channel channel;

  ChannelSide(Channel channel) {
    this.channel = channel;
  }

  @Override
  public boolean hasPendingWrites() {
    return Channels.hasPendingWrites(channel);
  }

  @Override
  public boolean tellsOfUnsentBytes() {
    return Channels.tellsOfUnsentBytes(channel);
  }

  @Override
  public boolean hasUnsentBytes() {
    return Channels.hasUnsentBytes(channel);
  }

  @Override
  public boolean isDead() {
    return Channels.isDead(channel);
  }

  @Override
  public void keepAlive(Duration idle) {
    ChannelTcp.keepAlive(channel, idle);
  }

  @Override
  public void limitUnanswered(Duration most) {
    ChannelTcp.limitUnanswered(channel, most);
  }

  @Override
  public @Nullable InetSocketAddress localAddress() {
    return channel.localAddress() instanceof InetSocketAddress address ? address : null;
  }
}
