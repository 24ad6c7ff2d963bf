package io.loble.proxy;

import io.loble.balancer.ClientKey;
import io.loble.balancer.Explanation;
import io.loble.balancer.Picker;
import io.loble.model.Balancing;
import io.loble.model.HashOn;
import io.loble.model.Pool;
import io.loble.net.Literals;
import io.loble.net.ProcessLimit;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Says what a client would get, with the code that gives it to clients. Whose turn it is and what
 * is full is shared by all event loops, so it does not matter which of them would accept. May be
 * used from any thread.
 */
public final class Explainer {

  private final ProcessLimit limit;

  public Explainer(Vertx vertx) {
    this.limit = ProcessLimit.ofConnections(vertx);
  }

  /** The address that is written so; empty when it is none. */
  public static Optional<InetAddress> client(String address) {
    return Optional.ofNullable(Literals.address(address));
  }

  /**
   * What a client would get from a pool now. A large pool takes milliseconds, which is too long for
   * an event loop.
   */
  public Explanation explain(Pool pool, ClientInfo client) {
    return new Picker(pool, new SplittableRandom(), System::nanoTime)
        .explain(key(pool.rules().balancing(), client), !limit.hasRoom());
  }

  /** Null when it depends on the client's port, which nobody knows beforehand. */
  private static @Nullable ClientKey key(Balancing balancing, ClientInfo client) {
    boolean byPort = balancing.algorithm().hashes() && balancing.hashOn() == HashOn.CLIENT_PORT;
    return byPort ? null : client.key(balancing.hashOn());
  }
}
