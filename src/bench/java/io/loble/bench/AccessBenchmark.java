package io.loble.bench;

import io.loble.access.AccessList;
import io.loble.model.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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

/** What it takes to tell whether a client is let in, by lists of networks. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class AccessBenchmark {

  /** Enough for most look-ups to find little of what they need in the caches near to the core. */
  private static final int CLIENTS = 1 << 16;

  @Param({"100", "100000"})
  public int networks;

  @Param({"IPV4", "IPV6"})
  public Family family = Family.IPV4;

  private AccessList list = AccessList.EVERYONE;
  private InetAddress[] clients = {};
  private int next;

  /** What addresses are made of. */
  public enum Family {
    IPV4(4, 8),
    IPV6(16, 20);

    private final int bytes;
    private final int shortest;

    Family(int bytes, int shortest) {
      this.bytes = bytes;
      this.shortest = shortest;
    }

    private InetAddress random(SplittableRandom random) {
      byte[] address = new byte[bytes];
      random.nextBytes(address);
      try {
        return InetAddress.getByAddress(address);
      } catch (UnknownHostException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Prefixes of every length from /8 or /20 to whole addresses; every other client is in one. */
  @Setup
  public void listTheNetworks() {
    SplittableRandom random = new SplittableRandom(1);
    List<Network> deny = new ArrayList<>();
    clients = new InetAddress[CLIENTS];
    for (int i = 0; i < networks; i++) {
      InetAddress address = family.random(random);
      int lengths = family.bytes * Byte.SIZE - family.shortest + 1;
      deny.add(Network.of(address, family.shortest + random.nextInt(lengths)));
      clients[i % CLIENTS] = address;
    }
    for (int i = 0; i < CLIENTS; i++) {
      if (i % 2 == 0 || i >= networks) {
        clients[i] = family.random(random);
      }
    }
    list = new AccessList(List.of(), deny);
  }

  @Benchmark
  public boolean permits() {
    next = (next + 1) & (CLIENTS - 1);
    return list.permits(clients[next]);
  }
}
