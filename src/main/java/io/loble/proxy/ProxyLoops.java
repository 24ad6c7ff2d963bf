package io.loble.proxy;

import io.loble.context.VertxLocal;
import io.vertx.core.Vertx;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntFunction;

/** The event loops of a Vert.x instance that relay connections. May be used from any thread. */
public final class ProxyLoops {

  private static final VertxLocal<ConcurrentMap<Integer, ProxyLoop>> RUNNING =
      VertxLocal.map("proxy-loops");

  private final ConcurrentMap<Integer, ProxyLoop> running;

  public ProxyLoops(Vertx vertx) {
    this.running = RUNNING.get(vertx);
  }

  /** Adds one, with the lowest number that is free, so that there are no more names than loops. */
  ProxyLoop add(IntFunction<ProxyLoop> maker) {
    for (int number = 1; ; number++) {
      ProxyLoop added = maker.apply(number);
      if (running.putIfAbsent(number, added) == null) {
        return added;
      }
    }
  }

  void remove(ProxyLoop loop) {
    running.remove(loop.number(), loop);
  }

  /** All of them, in the order of their numbers. */
  public List<ProxyLoop> all() {
    return running.values().stream().sorted(Comparator.comparingInt(ProxyLoop::number)).toList();
  }
}
