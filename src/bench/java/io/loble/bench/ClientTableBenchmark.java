package io.loble.bench;

import io.loble.access.ClientAdmission;
import io.loble.access.ClientLimits;
import io.loble.access.ClientTable;
import io.loble.access.RateBucket;
import io.loble.model.AddressBits;
import io.loble.model.Rate;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** What it takes to bound a client, and a listener, on two cores at once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Threads(2)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class ClientTableBenchmark {

  /** Clients that come again and again; those without a connection are forgotten in between. */
  private static final int CLIENTS = 50_000;

  private final ClientTable table =
      new ClientTable(new ClientLimits(10, Rate.parse("1000/s"), 1000, 32, 64));

  private final RateBucket bucket = new RateBucket(Rate.parse("1000000/s"), System.nanoTime());

  @Benchmark
  public ClientAdmission admitAndRelease() {
    long now = System.nanoTime();
    long client = ThreadLocalRandom.current().nextInt(CLIENTS);
    ClientAdmission admission = table.admit(new AddressBits(false, client << 32, 0), now);
    if (admission instanceof ClientAdmission.Admitted admitted) {
      table.release(admitted, now);
    }
    return admission;
  }

  /** Most come too early, and are refused, as in an attack. */
  @Benchmark
  public boolean takeOfARate() {
    return bucket.tryTake(System.nanoTime());
  }
}
