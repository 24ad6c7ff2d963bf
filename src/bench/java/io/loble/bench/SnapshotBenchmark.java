package io.loble.bench;

import io.loble.model.Algorithm;
import io.loble.model.Pool;
import io.loble.model.PoolStats;
import io.loble.model.Snapshot;
import io.loble.upstream.SnapshotStore;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it takes to get at the current snapshot: the field that an event loop keeps, which is what
 * each connection reads, and the map that it is taken from once a version.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class SnapshotBenchmark {

  private final Vertx vertx = Vertx.vertx();
  private final SnapshotStore store = new SnapshotStore(vertx);
  private Snapshot field = store.initialize(snapshot());

  @Benchmark
  public Snapshot field() {
    return field;
  }

  @Benchmark
  public @Nullable Snapshot sharedMap() {
    return store.current();
  }

  @Benchmark
  public @Nullable Pool poolByName() {
    return field.pool("default");
  }

  @TearDown
  public void close() {
    vertx.close();
  }

  private static Snapshot snapshot() {
    Pool pool = new Pool("default", Algorithm.ROUND_ROBIN, 1, false, List.of(), new PoolStats());
    return new Snapshot(1, Map.of("default", pool));
  }
}
