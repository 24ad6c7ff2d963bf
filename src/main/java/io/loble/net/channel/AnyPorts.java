package io.loble.net.channel;

import io.loble.context.VertxLocal;
import io.loble.model.SharedFreePort;
import io.vertx.core.Vertx;
import java.util.concurrent.ConcurrentMap;

/**
 * The ports to ask Vert.x for when a listener wants any free one. A negative port is its way to
 * say: any free one, but the same for all that say this number. May be used from any thread.
 */
public final class AnyPorts {

  private static final VertxLocal<ConcurrentMap<String, Integer>> KNOWN =
      VertxLocal.map("listener-any-ports");

  private AnyPorts() {}

  static int of(Vertx vertx, String listener) {
    return KNOWN.get(vertx).computeIfAbsent(listener, key -> SharedFreePort.next());
  }

  /** Forgets a listener that is gone. */
  public static void forget(Vertx vertx, String listener) {
    KNOWN.get(vertx).remove(listener);
  }
}
