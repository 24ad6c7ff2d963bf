package io.loble.net.channel;

import io.loble.model.SharedFreePort;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;

/**
 * The ports to ask Vert.x for when a listener wants any free one. A negative port is its way to
 * say: any free one, but the same for all that say this number. May be used from any thread.
 */
public final class AnyPorts {

  private AnyPorts() {}

  static int of(Vertx vertx, String listener) {
    return known(vertx).computeIfAbsent(listener, key -> SharedFreePort.next());
  }

  /** Forgets a listener that is gone. */
  public static void forget(Vertx vertx, String listener) {
    known(vertx).remove(listener);
  }

  private static LocalMap<String, Integer> known(Vertx vertx) {
    return vertx.sharedData().getLocalMap("loble.listener-any-ports");
  }
}
