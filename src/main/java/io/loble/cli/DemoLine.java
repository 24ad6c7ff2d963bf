package io.loble.cli;

import io.loble.ClientVerticle;
import io.loble.health.SnapshotStore;
import io.loble.model.Backend;
import io.loble.model.ListenerStats;
import io.loble.model.Snapshot;
import io.loble.proxy.ListenerRegistry;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The line of statistics that the demo prints every second. */
final class DemoLine {

  private final ClientVerticle client;
  private final SnapshotStore snapshots;
  private final ListenerStats listener;
  private long acceptedBefore;

  DemoLine(Vertx vertx, ClientVerticle client) {
    this.client = client;
    this.snapshots = new SnapshotStore(vertx);
    this.listener = new ListenerRegistry(vertx).entries().get(0).stats();
  }

  /** What has come together since the line before. To be called once a second. */
  String next() {
    long accepted = listener.acceptedTotal();
    long rate = accepted - acceptedBefore;
    acceptedBefore = accepted;
    return String.format(
        Locale.ROOT,
        "active %d, accepted %d (%d/s), wrong answers %d, by server: %s",
        listener.active(),
        accepted,
        rate,
        client.report().wrongAnswers(),
        byServer());
  }

  private String byServer() {
    Snapshot snapshot = snapshots.current();
    List<Backend> backends =
        snapshot == null
            ? List.of()
            : snapshot.pools().values().stream().flatMap(p -> p.backends().stream()).toList();
    return backends.stream()
        .map(b -> b.name() + " " + b.stats().total() + " (" + b.stats().active() + " open)")
        .collect(Collectors.joining(", "));
  }
}
