package io.loble.bench;

import io.loble.balancer.Balancer;
import io.loble.balancer.Balancers;
import io.loble.balancer.ClientKey;
import io.loble.model.Algorithm;
import io.loble.model.Backend;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.HostPort;
import io.loble.model.Pool;
import io.loble.model.PoolStats;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it takes to choose the backend of a new connection. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class BalancerBenchmark {

  /** Enough for a choice by the client's address to differ from call to call. */
  private static final int CLIENTS = 1_024;

  @Param public Algorithm algorithm = Algorithm.ROUND_ROBIN;

  @Param({"3", "20", "200", "1000"})
  public int backends;

  private Balancer balancer =
      Balancers.of(pool(algorithm, 1), new SplittableRandom(1), System::nanoTime);
  private List<ClientKey> clients = List.of();
  private int next;

  @Setup
  public void balanceThePool() {
    balancer = Balancers.of(pool(algorithm, backends), new SplittableRandom(1), System::nanoTime);
    clients = IntStream.range(0, CLIENTS).mapToObj(BalancerBenchmark::client).toList();
  }

  @Benchmark
  public Backend pick() {
    next = (next + 1) % CLIENTS;
    return balancer.candidates(clients.get(next)).next();
  }

  /** Weights from 1 to 3, all of them healthy, a few connections each. */
  private static Pool pool(Algorithm algorithm, int size) {
    List<Backend> all = IntStream.range(0, size).mapToObj(BalancerBenchmark::backend).toList();
    return new Pool("default", algorithm, 1, false, all, new PoolStats());
  }

  private static Backend backend(int number) {
    BackendStats stats = new BackendStats();
    for (int i = 0; i < number % 5; i++) {
      stats.admission().tryAcquire(0);
    }
    HostPort address = new HostPort("10.0.%d.%d".formatted(number / 250, number % 250), 80);
    return new Backend(address.toString(), address, 1 + number % 3, 0, BackendState.HEALTHY, stats);
  }

  private static ClientKey client(int number) {
    return ClientKey.of(new byte[] {10, 1, (byte) (number >> 8), (byte) number});
  }
}
