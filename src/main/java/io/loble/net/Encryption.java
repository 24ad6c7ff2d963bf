package io.loble.net;

import io.netty.channel.ChannelPipeline;

/** Encrypts a connection, in a pipeline that does not yet read or write anything else. */
@FunctionalInterface
public interface Encryption {

  /**
   * Puts its handlers in front of a pipeline, which get to know how the handshake ended as one
   * {@link io.loble.tls.TlsOutcome}.
   */
  void install(ChannelPipeline pipeline);
}
