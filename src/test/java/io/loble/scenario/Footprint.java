package io.loble.scenario;

import io.loble.context.VertxLocal;
import io.vertx.core.Vertx;
import java.io.File;
import java.util.Map;
import java.util.TreeMap;

/**
 * What this process holds on to.
 *
 * @param maps how much is kept in what all verticles of a Vert.x instance share, by name
 * @param descriptors how many are open; 0 where nobody tells
 * @param heap what is reachable
 */
record Footprint(Map<String, Integer> maps, int descriptors, int threads, HeapHistogram heap) {

  static Footprint of(Vertx vertx) {
    Map<String, Integer> maps = new TreeMap<>(VertxLocal.sizes(vertx));
    maps.put("loble.snapshots", vertx.sharedData().getLocalMap("loble.snapshots").size());
    String[] descriptors = new File("/proc/self/fd").list();
    return new Footprint(
        maps,
        descriptors == null ? 0 : descriptors.length,
        Thread.getAllStackTraces().size(),
        HeapHistogram.now());
  }
}
