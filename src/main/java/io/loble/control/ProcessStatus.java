package io.loble.control;

import io.loble.context.VertxLocal;
import io.loble.model.HostPort;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the process as a whole. One object per Vert.x instance; may be used from any
 * thread.
 */
public final class ProcessStatus {

  /**
   * The configuration in force.
   *
   * @param version 1 for the one at start, one more for each that was applied since
   * @param error why the latest reload was refused; null when it was not
   */
  public record ConfigStatus(long version, Instant loadedAt, @Nullable String error) {}

  private static final VertxLocal<ProcessStatus> STATUS =
      VertxLocal.of("process", ProcessStatus::new);

  private final long startedNanos = System.nanoTime();
  private final AtomicLong reloads = new AtomicLong();
  private final AtomicLong failedReloads = new AtomicLong();
  private final AtomicInteger drained = new AtomicInteger();
  private final AtomicInteger cut = new AtomicInteger();
  private final CompletableFuture<Void> whenDrained = new CompletableFuture<>();
  private volatile ConfigStatus config = new ConfigStatus(1, Instant.now(), null);
  private volatile @Nullable HostPort adminAddress;
  private volatile boolean draining;
  private volatile boolean launched;

  private ProcessStatus() {}

  /** The one object of that Vert.x instance. */
  public static ProcessStatus of(Vertx vertx) {
    return STATUS.get(vertx);
  }

  /** Milliseconds since the balancer started in this Vert.x instance. */
  public long uptimeMillis() {
    return (System.nanoTime() - startedNanos) / 1_000_000;
  }

  /**
   * Where the admin interface listens.
   *
   * @throws IllegalStateException before it is open
   */
  public HostPort adminAddress() {
    HostPort address = adminAddress;
    if (address == null) {
      throw new IllegalStateException("the admin interface is not open");
    }
    return address;
  }

  /** The admin interface is open there. */
  public void adminOpened(HostPort address) {
    adminAddress = address;
  }

  /** The command line has started the process, and logs what runs. */
  public void launched() {
    launched = true;
  }

  /** Whether the command line has started the process; else another program deploys verticles. */
  public boolean isLaunched() {
    return launched;
  }

  /** Whether the process has begun to stop. */
  public boolean draining() {
    return draining;
  }

  /** From now on {@code /readyz} answers 503. There is no way back. */
  public void startDraining() {
    draining = true;
  }

  public ConfigStatus config() {
    return config;
  }

  /** The versions of the configuration begin with 1 again. */
  synchronized void restarted() {
    config = new ConfigStatus(1, Instant.now(), null);
  }

  /** A version of the configuration has come into force. */
  public synchronized void configured(long version) {
    config = new ConfigStatus(version, Instant.now(), config.error());
  }

  /** A changed configuration file was applied. */
  public synchronized void reloaded() {
    reloads.incrementAndGet();
    config = new ConfigStatus(config.version(), config.loadedAt(), null);
  }

  /** A changed configuration file was refused; what was in force stays so. */
  public synchronized void reloadFailed(String error) {
    // A file is tried again while it is refused, but that is one reload.
    if (!error.equals(config.error())) {
      failedReloads.incrementAndGet();
    }
    config = new ConfigStatus(config.version(), config.loadedAt(), error);
  }

  /** The configuration on disk is again the one in force. */
  public synchronized void reloadRecovered() {
    config = new ConfigStatus(config.version(), config.loadedAt(), null);
  }

  /** Adds to what draining has come to. */
  public void countDrained(int finished, int wereCut) {
    drained.addAndGet(finished);
    cut.addAndGet(wereCut);
  }

  /** Completed when the last connection has ended after {@link #startDraining}. */
  public CompletableFuture<Void> whenDrained() {
    return whenDrained;
  }

  /** Connections that ended by themselves while the process was stopping. */
  public int drained() {
    return drained.get();
  }

  /** Connections that were closed because the time for stopping was up. */
  public int cut() {
    return cut.get();
  }

  /** Reloads that were applied. */
  public long reloads() {
    return reloads.get();
  }

  /** Reloads that were refused. */
  public long failedReloads() {
    return failedReloads.get();
  }
}
