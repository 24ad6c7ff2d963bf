package io.loble.proxy;

import io.loble.net.RelayTuning;

/**
 * Which kind of stream each side of a connection gets, and how epoll's own relay.
 *
 * @param tuning of streams that are epoll's own
 * @param clients the kind of the clients' side
 * @param backends the kind of the backends' side
 */
record StreamKinds(RelayTuning tuning, Kind clients, Kind backends) {

  /** A kind of stream. */
  enum Kind {
    /** Without a pipeline where this system has such streams, else a channel. */
    FASTEST,
    /** One with a pipeline. */
    CHANNEL
  }

  static final StreamKinds FASTEST = fastest(RelayTuning.ADAPTIVE);

  static StreamKinds fastest(RelayTuning tuning) {
    return new StreamKinds(tuning, Kind.FASTEST, Kind.FASTEST);
  }
}
