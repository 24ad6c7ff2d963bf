package io.loble.net;

import io.netty.channel.ChannelPipeline;

/** Takes over what a {@link Stream} sends, by handlers of its own. */
@FunctionalInterface
public interface Handover {

  /** Puts the handlers behind those of a pipeline. On its event loop. */
  void take(ChannelPipeline pipeline);
}
