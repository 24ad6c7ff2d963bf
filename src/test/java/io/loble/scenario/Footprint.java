package io.loble.scenario;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What this process holds on to.
 *
 * @param maps how much is kept in the local maps that all verticles share, by their names
 * @param descriptors how many are open; 0 where nobody tells
 * @param heapBytes what is reachable
 */
record Footprint(Map<String, Integer> maps, int descriptors, int threads, long heapBytes) {

  private static final List<String> MAPS =
      List.of(
          "loble.config",
          "loble.config-followers",
          "loble.limits",
          "loble.listen-groups",
          "loble.listener-any-ports",
          "loble.listener-stats",
          "loble.listeners",
          "loble.process",
          "loble.snapshots",
          "loble.steering");

  private static final int COLLECTIONS = 4;

  static Footprint of(Vertx vertx) {
    Map<String, Integer> maps = new TreeMap<>();
    for (String name : MAPS) {
      LocalMap<Object, Object> map = vertx.sharedData().getLocalMap(name);
      maps.put(name, map.size());
    }
    String[] descriptors = new File("/proc/self/fd").list();
    return new Footprint(
        maps,
        descriptors == null ? 0 : descriptors.length,
        Thread.getAllStackTraces().size(),
        heap());
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
