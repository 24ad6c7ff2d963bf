package io.loble.bench;

import io.netty.channel.ChannelPipeline;
import javax.net.SocketFactory;

/** How the benchmark's own clients talk to a proxy. */
interface Transport {

  /** TCP and nothing more. */
  Transport PLAIN =
      new Transport() {
        @Override
        public void install(ChannelPipeline pipeline) {
          // Nothing has to be added.
        }

        @Override
        public SocketFactory sockets() {
          return SocketFactory.getDefault();
        }
      };

  /** Adds what it takes to a connection that is not open yet, on its event loop. */
  void install(ChannelPipeline pipeline);

  /** For a connection that blocks. */
  SocketFactory sockets();
}
