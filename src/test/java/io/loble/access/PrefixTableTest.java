package io.loble.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.AddressBits;
import io.loble.model.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Compares with a look at every length, from the longest on. */
class PrefixTableTest {

  private static final int ANSWERS = 3;

  /** How the networks of a list lie to one another. */
  enum Shape {
    /** Anywhere, of every length. */
    SPREAD,
    /** Whole addresses, in the last 16 bits alone. */
    HOSTS,
    /** Of every length, in one network of half the length. */
    CLOSE,
    /** Around one address each length that there is, then around another. */
    NESTED,
    /** Most are close together, but beside few that are ever farther away from them. */
    TELESCOPE,
    /** The lowest and the highest addresses. */
    EDGES;

    AddressBits address(boolean ipv6, int number, SplittableRandom random) {
      long all = -1L;
      return switch (this) {
        case SPREAD -> bits(ipv6, random.nextLong(), random.nextLong());
        case HOSTS -> last(ipv6, random.nextInt(1 << 16));
        case CLOSE -> bits(ipv6, 0x2001_0db8_0000_0000L | random.nextInt(), random.nextLong());
        case NESTED -> {
          SplittableRandom one = new SplittableRandom(number / length(ipv6));
          yield bits(ipv6, one.nextLong(), one.nextLong());
        }
        case TELESCOPE ->
            number % 20 == 0
                ? bits(ipv6, all >>> random.nextInt(64), random.nextLong())
                : last(ipv6, random.nextInt(1 << 10));
        case EDGES -> random.nextBoolean() ? bits(ipv6, 0, 0) : bits(ipv6, all, all);
      };
    }

    int prefix(boolean ipv6, int number, SplittableRandom random) {
      int length = length(ipv6);
      return switch (this) {
        case HOSTS, TELESCOPE -> length;
        case CLOSE -> length / 2 + random.nextInt(length / 2 + 1);
        case NESTED -> number % length + 1;
        case SPREAD, EDGES -> random.nextInt(length + 1);
      };
    }

    private static int length(boolean ipv6) {
      return ipv6 ? 128 : 32;
    }

    private static AddressBits bits(boolean ipv6, long high, long low) {
      return ipv6
          ? new AddressBits(true, high, low)
          : new AddressBits(false, high & AddressBits.highMask(32), 0);
    }

    private static AddressBits last(boolean ipv6, int number) {
      return ipv6
          ? new AddressBits(true, 0x2001_0db8_0000_0001L, number)
          : new AddressBits(false, (0x0a00_0000L + number) << 32, 0);
    }
  }

  @Property(tries = 300)
  void answersAsALookAtEveryLengthDoes(
      @ForAll Shape shape, @ForAll boolean ipv6, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    compare(networks(shape, ipv6, random.nextInt(2_000), random), shape, ipv6, random);
  }

  @Property(tries = 12)
  void manyAnswerAsALookAtEveryLengthDoes(
      @ForAll Shape shape, @ForAll boolean ipv6, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    compare(networks(shape, ipv6, 100_000, random), shape, ipv6, random);
  }

  private static Map<Network, Integer> networks(
      Shape shape, boolean ipv6, int count, SplittableRandom random) {
    Map<Network, Integer> networks = new HashMap<>();
    for (int i = 0; i < count; i++) {
      networks.put(
          Network.of(shape.address(ipv6, i, random), shape.prefix(ipv6, i, random)),
          random.nextInt(ANSWERS));
    }
    return networks;
  }

  private static void compare(
      Map<Network, Integer> networks, Shape shape, boolean ipv6, SplittableRandom random) {
    PrefixTable table = table(networks);
    List<Network> all = new ArrayList<>(networks.keySet());
    for (int i = 0; i < 2_000; i++) {
      compare(table, networks, shape.address(ipv6, random.nextInt(1 << 20), random));
      compare(table, networks, Shape.SPREAD.address(ipv6, i, random));
      if (!all.isEmpty()) {
        compareAround(table, networks, all.get(random.nextInt(all.size())));
      }
    }
  }

  /** Its first and its last address, and those outside that are next to them. */
  private static void compareAround(
      PrefixTable table, Map<Network, Integer> networks, Network network) {
    long lastHigh = network.high() | ~AddressBits.highMask(network.prefix());
    long lastLow = network.low() | ~AddressBits.lowMask(network.prefix());
    compare(table, networks, near(network, network.high(), network.low(), 0));
    compare(table, networks, near(network, network.high(), network.low(), -1));
    compare(table, networks, near(network, lastHigh, lastLow, 0));
    compare(table, networks, near(network, lastHigh, lastLow, 1));
  }

  private static AddressBits near(Network network, long high, long low, int distance) {
    if (!network.ipv6()) {
      return new AddressBits(false, ((high >>> 32) + distance) << 32, 0);
    }
    long moved = low + distance;
    boolean carries = distance > 0 ? moved == 0 : distance < 0 && low == 0;
    return new AddressBits(true, carries ? high + distance : high, moved);
  }

  private static void compare(
      PrefixTable table, Map<Network, Integer> networks, AddressBits address) {
    int prefix = address.length();
    while (prefix >= 0 && !networks.containsKey(Network.of(address, prefix))) {
      prefix--;
    }
    int answer = prefix < 0 ? PrefixTable.NONE : networks.get(Network.of(address, prefix));
    assertThat(table.find(address.high(), address.low())).as("%s", address).isEqualTo(answer);
    assertThat(table.prefixOf(address.high(), address.low())).as("%s", address).isEqualTo(prefix);
  }

  private static PrefixTable table(Map<Network, Integer> networks) {
    return new PrefixTable(
        networks.entrySet().stream()
            .map(entry -> new PrefixTable.Entry(entry.getKey(), entry.getValue()))
            .toList());
  }

  @Property(tries = 12)
  void aHundredThousandTakeFewBytesEach(
      @ForAll Shape shape, @ForAll boolean ipv6, @ForAll long seed) {
    Map<Network, Integer> networks = networks(shape, ipv6, 100_000, new SplittableRandom(seed));
    assertThat(table(networks).bytes()).isLessThan((ipv6 ? 70L : 45L) * 100_000);
  }

  @Test
  void oneTakesLittleMemory() {
    assertThat(table(Map.of(Network.parse("10.0.0.0/8"), 0)).bytes()).isLessThan(256);
    assertThat(table(Map.of(Network.parse("2001:db8::1/128"), 0)).bytes()).isLessThan(256);
    assertThat(table(Map.of()).bytes()).isLessThan(256);
  }
}
