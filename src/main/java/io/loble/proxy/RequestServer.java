package io.loble.proxy;

import io.loble.upstream.ConnectionOrder;

/**
 * Answers the requests of clients whose listeners speak HTTP, on one event loop, on which
 * everything is called.
 */
public interface RequestServer {

  /** Makes the one of an event loop, on that event loop. */
  @FunctionalInterface
  interface Factory {
    RequestServer on(LoopEnvironment loop);
  }

  /** Takes a client over, who is let in and decrypted. */
  ServedClient serve(RequestClient client);

  /** Acts on what has become due at that tick. */
  void tick(long tick);

  /** Called about once per second. */
  void everySecond();

  /** Carries an order out, as far as it is about requests. */
  void carryOut(ConnectionOrder order);
}
