package io.loble.bench;

import io.loble.access.AccessList;
import io.loble.model.AddressBits;
import io.loble.model.Network;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

/**
 * What it takes to tell whether a client is let in, by lists of networks. The JDK copies an IPv6
 * address for whoever asks for its bytes. The heap is such that these copies are soon overwritten,
 * as they are in a process; else the time would be that of the system's page faults.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmn16m")
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class AccessBenchmark {

  /** Enough for most look-ups to find little of what they need in the caches near to the core. */
  private static final int CLIENTS = 1 << 16;

  @Param({"100", "100000"})
  public int networks;

  @Param({"IPV4", "IPV6"})
  public NetworkShape.Family family = NetworkShape.Family.IPV4;

  @Param({"SPREAD", "CLOSE", "NESTED"})
  public NetworkShape shape = NetworkShape.SPREAD;

  private AccessList list = AccessList.EVERYONE;
  private InetAddress[] clients = {};
  private AddressBits[] bits = {};
  private int next;

  @Setup
  public void listTheNetworks() {
    SplittableRandom random = new SplittableRandom(1);
    Set<Network> deny = new HashSet<>();
    for (int i = 0; deny.size() < networks; i++) {
      deny.add(shape.around(shape.address(family, i, random), family, i, random));
    }
    list = new AccessList(List.of(), deny);
    nameTheClients(List.copyOf(deny), random);
  }

  /**
   * Every other client is in one of the networks, or more are. They are made one after the other,
   * so that it is the look-up that has to wait for memory: a client's address is new when it comes.
   */
  private void nameTheClients(List<Network> listed, SplittableRandom random) {
    clients = new InetAddress[CLIENTS];
    bits = new AddressBits[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
      clients[i] =
          i % 2 == 0
              ? shape.address(family, random.nextInt(1 << 30), random)
              : NetworkShape.within(listed.get(random.nextInt(networks)), random);
      bits[i] = AddressBits.of(clients[i]);
    }
  }

  @Benchmark
  public boolean permits() {
    next = (next + 1) & (CLIENTS - 1);
    return list.permits(clients[next]);
  }

  /** The look-up alone: the address is known as numbers already. */
  @Benchmark
  public boolean permitsBits() {
    next = (next + 1) & (CLIENTS - 1);
    return list.permits(bits[next]);
  }
}
