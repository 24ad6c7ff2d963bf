package io.loble.upstream;

import io.loble.model.BackendMode;
import io.loble.upstream.ConnectionOrder.CloseWithin;
import io.loble.upstream.ConnectionOrder.Keep;
import io.loble.upstream.ConnectionOrder.Target;
import io.loble.upstream.health.BackendMonitor;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Drains backends that were removed, or drained by command with a time: tells the proxies when to
 * close what is left of their connections, checks that this has happened, and notices when a
 * backend that is leaving has none left. Used on one context.
 */
final class Drains {

  /** How soon it is noticed that a backend which is leaving has no connection left. */
  private static final long CHECK_MILLIS = 50;

  private final Vertx vertx;
  private final LongSupplier nanoTime;
  private final Consumer<List<BackendMonitor>> finished;
  private final Map<BackendMonitor, Drain> drains = new LinkedHashMap<>();

  /** What the proxies are to be told: what may go on, and what is to end within so many ms. */
  private final Set<Target> kept = new HashSet<>();

  private final Map<Long, Set<Target>> closing = new HashMap<>();
  private @Nullable Long timer;

  /**
   * @param nanoTime the clock, such as {@link System#nanoTime}
   * @param finished called with backends that were leaving and have no connection left
   */
  Drains(Vertx vertx, LongSupplier nanoTime, Consumer<List<BackendMonitor>> finished) {
    this.vertx = vertx;
    this.nanoTime = nanoTime;
    this.finished = finished;
  }

  /**
   * The modes of backends may have changed: ends the drains of those with another mode, and begins
   * to drain those that are leaving.
   *
   * @param leaveMillis how long connections of backends that are leaving may last
   */
  void follow(Stream<BackendMonitor> backends, long leaveMillis) {
    backends.forEach(backend -> follow(backend, leaveMillis));
    give();
    schedule();
  }

  private void follow(BackendMonitor backend, long leaveMillis) {
    Drain drain = drains.get(backend);
    if (drain != null && drain.mode() != backend.mode()) {
      end(backend);
    }
    if (backend.mode() == BackendMode.LEAVING && !drains.containsKey(backend)) {
      begin(backend, leaveMillis);
    }
  }

  /** Closes what is left of a backend's connections when that time is over, and no earlier. */
  void closeWithin(BackendMonitor backend, long millis) {
    begin(backend, millis);
    give();
    schedule();
  }

  /** Lets a backend's connections go on, whatever was ordered before. */
  void keep(BackendMonitor backend) {
    end(backend);
    if (backend.mode() == BackendMode.LEAVING) {
      drains.put(backend, Drain.unlimited(backend.mode(), nanoTime.getAsLong()));
    }
    give();
    schedule();
  }

  void stop() {
    if (timer != null) {
      vertx.cancelTimer(timer);
      timer = null;
    }
  }

  private void begin(BackendMonitor backend, long millis) {
    // Of two times a connection has the shorter one, and the latest order may give it longer.
    end(backend);
    drains.put(backend, Drain.within(backend.mode(), millis, nanoTime.getAsLong()));
    closing.computeIfAbsent(millis, time -> new HashSet<>()).add(target(backend));
  }

  private void end(BackendMonitor backend) {
    if (drains.remove(backend) != null) {
      kept.add(target(backend));
    }
  }

  private void schedule() {
    if (drains.isEmpty()) {
      stop();
    } else if (timer == null) {
      timer = vertx.setPeriodic(CHECK_MILLIS, id -> check());
    }
  }

  private void check() {
    drains.replaceAll(this::checked);
    give();
    List<BackendMonitor> gone = new ArrayList<>();
    drains.forEach(
        (backend, drain) -> {
          if (drain.isFinished()) {
            gone.add(backend);
          }
        });
    if (!gone.isEmpty()) {
      gone.forEach(drains::remove);
      finished.accept(gone);
    }
    schedule();
  }

  private Drain checked(BackendMonitor backend, Drain drain) {
    long now = nanoTime.getAsLong();
    int active = backend.stats().admission().active();
    if (!drain.isOverdue(now)) {
      return drain.checked(active);
    }
    if (active > 0) {
      closing.computeIfAbsent(0L, time -> new HashSet<>()).add(target(backend));
    }
    return drain.repeated(now).checked(active);
  }

  /** Gives the orders that have come together: of two for one backend, the later one holds. */
  private void give() {
    if (!kept.isEmpty()) {
      publish(new Keep(kept));
      kept.clear();
    }
    closing.forEach((millis, targets) -> publish(new CloseWithin(targets, millis)));
    closing.clear();
  }

  private void publish(ConnectionOrder order) {
    vertx.eventBus().publish(ConnectionOrder.ADDRESS, order.toJson(), ConnectionOrder.delivery());
  }

  private static Target target(BackendMonitor backend) {
    return new Target(backend.poolName(), backend.name(), backend.address().toString());
  }
}
