package io.loble.play;

import io.loble.sim.client.ClientReport;
import io.loble.sim.client.ClientSettings;
import io.loble.sim.client.SimulatedClients;
import io.loble.testbed.BalancerFigures;
import io.loble.testbed.SimulatedBackend;
import io.loble.testbed.Testbed;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a scenario is played: a test bed, the clients that were started, and the clock. */
final class Stage {

  private static final long CLIENTS_END_MINUTES = 10;

  private final Testbed bed;
  private final Consumer<String> narrator;
  private final long startNanos = System.nanoTime();
  private final Map<String, SimulatedClients> clients = new HashMap<>();
  private final Tally tally = new Tally();
  private Picture mark;
  private @Nullable Duration markedAt;

  Stage(Testbed bed, Consumer<String> narrator) {
    this.bed = bed;
    this.narrator = narrator;
    this.mark = picture();
  }

  Testbed bed() {
    return bed;
  }

  /** How long it has been playing. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /** Tells those who watch. */
  void tell(String what) {
    narrator.accept(String.format("%6s s  %s", Text.seconds(elapsed()), what));
  }

  /** Lets time pass. */
  void pause(Duration time) {
    new CompletableFuture<Void>()
        .completeOnTimeout(null, Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS)
        .join();
  }

  void startClients(String name, ClientSettings settings) {
    clients.put(name, bed.clients(settings));
  }

  /** Tells the clients to end, and waits for the last. */
  ClientReport stopClients(String name) {
    return ended(run(name).stop());
  }

  /** Waits until clients that were started for a while have ended. */
  ClientReport awaitClients(String name) {
    return ended(run(name).finished());
  }

  private static ClientReport ended(Future<ClientReport> finished) {
    return finished
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(CLIENTS_END_MINUTES, TimeUnit.MINUTES)
        .join();
  }

  /** Counts from now on. */
  void mark() {
    markedAt = elapsed();
    mark = picture();
  }

  /** When counting began anew, if it did. */
  Optional<Duration> markedAt() {
    return Optional.ofNullable(markedAt);
  }

  /** Remembers what has been counted until now, before what counts it is gone. */
  void note() {
    tally.upTo(bed.stats());
  }

  /** What there is to see now. */
  Sight look(String subject, Picture now) {
    return new Sight(subject, mark, now);
  }

  Picture picture() {
    Map<String, JsonObject> servers =
        bed.servers().stream()
            .collect(Collectors.toMap(SimulatedBackend::id, SimulatedBackend::stats));
    Map<String, ClientReport> reports =
        clients.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, run -> run.getValue().report()));
    BalancerFigures figures = bed.stats();
    return new Picture(figures, tally.upTo(figures), servers, reports);
  }

  private SimulatedClients run(String name) {
    SimulatedClients run = clients.get(name);
    if (run == null) {
      throw new NoSuchElementException("clients \"" + name + "\" were not started");
    }
    return run;
  }
}
