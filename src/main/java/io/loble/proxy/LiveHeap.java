package io.loble.proxy;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Which share of the heap is live: what the garbage collections that looked at its parts last have
 * left, of the most that the heap may have. NaN where the JVM does not tell. To ask takes
 * microseconds.
 */
final class LiveHeap implements DoubleSupplier {

  private final List<MemoryPoolMXBean> pools =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  @Override
  public double getAsDouble() {
    long used = 0;
    boolean known = false;
    for (MemoryPoolMXBean pool : pools) {
      MemoryUsage left = pool.getCollectionUsage();
      if (left != null) {
        used += left.getUsed();
        known = true;
      }
    }
    return known ? (double) used / Runtime.getRuntime().maxMemory() : Double.NaN;
  }
}
