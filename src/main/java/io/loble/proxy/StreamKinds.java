package io.loble.proxy;

import io.loble.net.RelayTuning;
import io.loble.net.StreamKind;

/**
 * Which kind of stream each side of a connection gets that has no TLS, and how epoll's own relay.
 *
 * @param tuning of streams that are epoll's own
 * @param clients the kind of the clients' side
 * @param backends the kind of the backends' side
 */
record StreamKinds(RelayTuning tuning, StreamKind clients, StreamKind backends) {

  static final StreamKinds FASTEST = fastest(RelayTuning.ADAPTIVE);

  static StreamKinds fastest(RelayTuning tuning) {
    return new StreamKinds(tuning, StreamKind.FASTEST, StreamKind.FASTEST);
  }

  /** The kind of the clients' side. */
  StreamKind ofClients(boolean encrypted) {
    return encrypted ? StreamKind.CHANNEL : clients;
  }

  /** The kind of the backends' side. */
  StreamKind ofBackends(boolean encrypted) {
    return encrypted ? StreamKind.CHANNEL : backends;
  }
}
