package io.loble.proxy;

import io.loble.access.TopNetworks;
import io.loble.access.TopNetworks.Count;
import io.loble.model.Network;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The networks of the clients that one event loop has refused for a listener, by the minute: those
 * refused most often, in bounded memory. Counted on that event loop; what was counted is published
 * for other threads about once per second.
 */
final class RefusedNetworks {

  /** So many networks are kept, of which each takes about 150 bytes. */
  static final int MOST = 64;

  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final TopNetworks top = new TopNetworks(MOST);
  private long minute;
  private boolean changed;
  private volatile Published published = new Published(0, List.of(), List.of());

  private record Published(long minute, List<Count> running, List<Count> last) {}

  /** Minutes are counted from a time that is the same for all event loops. */
  static long minuteOf(long nowNanos) {
    return Math.floorDiv(nowNanos, MINUTE_NANOS);
  }

  void add(Network client, long nowNanos) {
    turnTo(minuteOf(nowNanos));
    top.add(client);
    changed = true;
  }

  /** Lets other threads see what was counted. */
  void publish(long nowNanos) {
    turnTo(minuteOf(nowNanos));
    if (changed) {
      changed = false;
      published = new Published(minute, top.counts(), published.last());
    }
  }

  private void turnTo(long now) {
    if (now != minute) {
      List<Count> last = now == minute + 1 ? top.counts() : List.of();
      top.clear();
      minute = now;
      changed = false;
      published = new Published(minute, List.of(), last);
    }
  }

  /** What was counted in a minute, as far as it is published and not too long ago. */
  List<Count> of(long wanted) {
    Published now = published;
    if (wanted == now.minute()) {
      return now.running();
    }
    return wanted == now.minute() - 1 ? now.last() : List.of();
  }
}
