package io.loble.balancer;

import static io.loble.balancer.Backends.address;
import static io.loble.balancer.Backends.allChoices;
import static io.loble.balancer.Backends.backend;
import static io.loble.balancer.Backends.client;
import static io.loble.balancer.Backends.count;
import static io.loble.balancer.Backends.firstChoice;
import static io.loble.balancer.Backends.weighted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.loble.model.Backend;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client keeps its backend as long as that is there. */
class SourceHashTest {

  private static final int CLIENTS = 100_000;

  private final List<Backend> backends = weighted(1, 2, 5, 3, 1);

  @Property
  void theOrderOfBackendsDoesNotMatter(@ForAll int bits, @ForAll Random random) {
    List<Backend> shuffled = new ArrayList<>(backends);
    Collections.shuffle(shuffled, random);
    assertThat(allChoices(new SourceHash(shuffled), client(bits)))
        .isEqualTo(allChoices(new SourceHash(backends), client(bits)));
  }

  /** So only its own clients move when it leaves, and only they return when it is back. */
  @Property
  void aBackendThatLeavesMovesOnlyItsOwnClientsToTheirSecondChoice(
      @ForAll int bits, @ForAll @IntRange(max = 4) int leaving) {
    List<String> before = allChoices(new SourceHash(backends), client(bits));
    List<Backend> left = new ArrayList<>(backends);
    String gone = left.remove(leaving).name();
    assertThat(allChoices(new SourceHash(left), client(bits)))
        .isEqualTo(before.stream().filter(name -> !name.equals(gone)).toList());
  }

  @Property
  void anotherWeightMovesClientsOnlyToOrFromThatBackend(
      @ForAll int bits, @ForAll @IntRange(min = 1, max = 256) int weight) {
    List<Backend> reweighted = new ArrayList<>(backends);
    reweighted.set(0, backend("b0", weight));
    String before = firstChoice(new SourceHash(backends), client(bits));
    String after = firstChoice(new SourceHash(reweighted), client(bits));
    assertThat(after.equals(before) || after.equals("b0") || before.equals("b0")).isTrue();
  }

  @Test
  void consecutiveAddressesAreSpreadByWeight() {
    assertSharesFollowWeights(1);
  }

  @Test
  void addressesThatDifferInTheirHighBytesAreSpreadByWeight() {
    assertSharesFollowWeights(0x10001);
  }

  private void assertSharesFollowWeights(int step) {
    Balancer balancer = new SourceHash(backends);
    Map<String, Long> shares =
        count(IntStream.range(0, CLIENTS).mapToObj(i -> firstChoice(balancer, client(i * step))));
    for (Backend backend : backends) {
      long share = CLIENTS * (long) backend.weight() / 12;
      assertThat(shares.get(backend.name())).isCloseTo(share, withPercentage(4));
    }
  }

  @Test
  void theSecondChoicesOfABackendsClientsAreSpreadByWeight() {
    Balancer balancer = new SourceHash(backends);
    List<List<String>> orders =
        IntStream.range(0, CLIENTS)
            .mapToObj(i -> allChoices(balancer, client(i)))
            .filter(order -> order.get(0).equals("b2"))
            .toList();
    Map<String, Long> seconds = count(orders.stream().map(order -> order.get(1)));
    assertThat(seconds.get("b3")).isCloseTo(orders.size() * 3L / 7, withPercentage(5));
    assertThat(seconds.get("b1")).isCloseTo(orders.size() * 2L / 7, withPercentage(5));
  }

  @Property
  void anIpv6ClientKeepsItsBackend(@ForAll @Size(16) byte[] bytes) {
    assertThat(allChoices(new SourceHash(backends), address(bytes.clone())))
        .isEqualTo(allChoices(new SourceHash(backends), address(bytes)))
        .hasSize(backends.size());
  }

  @Test
  void ipv6ClientsAreSpreadByWeight() {
    Balancer balancer = new SourceHash(backends);
    byte[] bytes = new byte[16];
    bytes[0] = 0x20;
    Map<String, Long> shares =
        count(
            IntStream.range(0, CLIENTS)
                .mapToObj(
                    i -> {
                      bytes[13] = (byte) (i >> 16);
                      bytes[14] = (byte) (i >> 8);
                      bytes[15] = (byte) i;
                      return firstChoice(balancer, address(bytes));
                    }));
    assertThat(shares.get("b2")).isCloseTo(CLIENTS * 5L / 12, withPercentage(3));
  }

  @Property
  void anIpv4ClientSeenThroughAnIpv6SocketIsTheSameClient(@ForAll @Size(4) byte[] ipv4) {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    System.arraycopy(ipv4, 0, mapped, 12, 4);
    assertThat(address(mapped)).isEqualTo(address(ipv4));
    assertThat(allChoices(new SourceHash(backends), address(mapped)))
        .isEqualTo(allChoices(new SourceHash(backends), address(ipv4)));
  }

  /** Another order would move clients when a process is replaced by one of a newer version. */
  @ParameterizedTest
  @CsvSource({
    "10.0.0.7, b2 b1 b3 b0 b4",
    "192.168.1.200, b2 b0 b3 b1 b4",
    "255.1.2.3, b1 b2 b0 b4 b3",
    "0.0.0.0, b2 b3 b4 b1 b0",
    "2001:db8::1, b1 b4 b2 b0 b3",
    "fe80::ff:fe00:1, b1 b2 b3 b4 b0",
    "::1, b1 b4 b3 b2 b0",
    "::ffff:10.0.0.7, b2 b1 b3 b0 b4"
  })
  void theOrderIsTheSameInEveryVersion(String client, String order) throws UnknownHostException {
    byte[] bytes = InetAddress.getByName(client).getAddress();
    assertThat(String.join(" ", allChoices(new SourceHash(backends), address(bytes))))
        .isEqualTo(order);
  }

  @Property
  void theFirstIsTheOneWithTheLowestDraw(@ForAll int bits, @ForAll @Size(200) byte[] weights) {
    List<Backend> many = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      many.add(backend("b" + i, 1 + (weights[i] & 0xff)));
    }
    Backend first = new SourceHash(many).candidates(client(bits)).next();
    List<Backend> others = new ArrayList<>(many);
    others.remove(first);
    Iterator<Backend> order = new SourceHash(others).candidates(client(bits));
    Backend second = order.next();
    assertThat(firstChoice(new SourceHash(List.of(second, first)), client(bits)))
        .isEqualTo(first.name());
  }

  @Test
  void aFractionOfAWeightGetsThatFractionOfTheClients() {
    List<Backend> warming = List.of(backend("a", 1), backend("b", 1).withEffectiveWeight(0.1));
    Balancer balancer = new SourceHash(warming);
    Map<String, Long> shares =
        count(IntStream.range(0, CLIENTS).mapToObj(i -> firstChoice(balancer, client(i))));
    assertThat(shares.get("b")).isCloseTo(CLIENTS / 11L, withPercentage(4));
  }
}
