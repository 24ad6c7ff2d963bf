package io.loble.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.AddressBits;
import io.loble.model.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NetworkTableTest {

  private static final String NOTHING = "nothing";

  @Test
  void theLongestPrefixDecides() throws UnknownHostException {
    NetworkTable<String> table =
        NetworkTable.of(
            Map.of(
                Network.parse("10.0.0.0/8"), "a",
                Network.parse("10.1.0.0/16"), "b",
                Network.parse("10.1.2.3"), "c",
                Network.parse("2001:db8::/32"), "a"));

    assertThat(find(table, "10.2.0.1")).isEqualTo("a");
    assertThat(find(table, "10.1.0.1")).isEqualTo("b");
    assertThat(find(table, "10.1.2.3")).isEqualTo("c");
    assertThat(find(table, "11.1.2.3")).isEqualTo(NOTHING);
    assertThat(find(table, "::ffff:10.1.2.3")).isEqualTo("c");
    assertThat(find(table, "2001:db8:1::")).isEqualTo("a");
    assertThat(find(table, "2001:db9::")).isEqualTo(NOTHING);
    assertThat(table.networkOf(InetAddress.getByName("10.1.9.9")))
        .contains(Network.parse("10.1.0.0/16"));
    assertThat(table.networkOf(InetAddress.getByName("9.1.9.9"))).isEmpty();
    assertThat(table.size()).isEqualTo(4);
  }

  private static String find(NetworkTable<String> table, String address)
      throws UnknownHostException {
    return table.find(InetAddress.getByName(address), NOTHING);
  }

  @Test
  void anEmptyTableHasNothing() throws UnknownHostException {
    NetworkTable<String> table = NetworkTable.of(Map.of());
    assertThat(find(table, "10.0.0.1")).isEqualTo(NOTHING);
    assertThat(find(table, "::1")).isEqualTo(NOTHING);
  }

  @Test
  void theNetworkOfAllDecidesWhereNoOtherDoes() throws UnknownHostException {
    NetworkTable<String> table =
        NetworkTable.of(Map.of(Network.parse("0.0.0.0/0"), "all", Network.parse("::/0"), "all6"));
    assertThat(find(table, "255.255.255.255")).isEqualTo("all");
    assertThat(find(table, "0.0.0.0")).isEqualTo("all");
    assertThat(find(table, "::")).isEqualTo("all6");
  }

  /** Networks of few bits that differ, so that many lie in one another. */
  @Property(tries = 300)
  void answersAsAScanOfAllNetworksDoes(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<Network, Integer> networks = new HashMap<>();
    int count = random.nextInt(200);
    int lengths = 1 + random.nextInt(128);
    for (int i = 0; i < count; i++) {
      boolean ipv6 = random.nextBoolean();
      int prefix = random.nextInt(lengths) * 37 % (ipv6 ? 129 : 33);
      networks.put(Network.of(address(random, ipv6), prefix), random.nextInt(50));
    }
    NetworkTable<Integer> table = NetworkTable.of(networks);
    List<Network> longestFirst =
        networks.keySet().stream()
            .sorted(Comparator.comparingInt(Network::prefix).reversed())
            .toList();
    for (int i = 0; i < 500; i++) {
      AddressBits address = address(random, random.nextBoolean());
      Optional<Network> expected =
          longestFirst.stream().filter(network -> network.contains(address)).findFirst();
      assertThat(table.find(address, -1)).isEqualTo(expected.map(networks::get).orElse(-1));
    }
  }

  /** One of few: most bits are the same in all, or come in runs. */
  private static AddressBits address(SplittableRandom random, boolean ipv6) {
    long high = 0x2a01_04f8_0000_0000L ^ sparse(random);
    return ipv6
        ? new AddressBits(true, high, sparse(random))
        : new AddressBits(false, high & 0xffff_ffff_0000_0000L, 0);
  }

  private static long sparse(SplittableRandom random) {
    long bits = 0;
    for (int i = random.nextInt(3); i > 0; i--) {
      bits ^= 1L << random.nextInt(Long.SIZE);
    }
    return random.nextInt(4) == 0 ? bits ^ (-1L >>> (1 + random.nextInt(63))) : bits;
  }

  @Property(tries = 5)
  void aHundredThousandTakeFewBytesEach(@ForAll long seed, @ForAll boolean ipv6) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<Network, Boolean> networks = new HashMap<>();
    while (networks.size() < 100_000) {
      int prefix = ipv6 ? 32 + random.nextInt(33) : 16 + random.nextInt(17);
      long high = 0x2000_0000_0000_0000L | (random.nextLong() >>> 3);
      AddressBits address =
          ipv6
              ? new AddressBits(true, high, random.nextLong())
              : new AddressBits(false, random.nextLong() << 32, 0);
      networks.put(Network.of(address, prefix), true);
    }
    NetworkTable<Boolean> table = NetworkTable.of(networks);
    assertThat(table.bytes() / networks.size()).isLessThan(ipv6 ? 50 : 40);
    for (Network network : networks.keySet()) {
      AddressBits address = new AddressBits(ipv6, network.high(), network.low());
      assertThat(table.find(address, false)).isTrue();
    }
  }
}
