package io.loble.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loble.config.BackendConfig;
import io.loble.net.dns.Service;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Which backends SRV records make, with which weights and levels. */
class SrvBackendsTest {

  private static final Map<String, List<InetAddress>> ADDRESSES =
      Map.of(
          "a.", List.of(ip("10.0.0.1")),
          "b.", List.of(ip("10.0.0.2")),
          "two.", List.of(ip("10.0.0.4"), ip("10.0.0.3")),
          "six.", List.of(ip("2001:db8::1")),
          "none.", List.of());

  @Test
  void weightsOfBackendsAreThoseOfTheRecords() {
    assertThat(backends(srv(1, 10, "a."), srv(1, 256, "b.")))
        .containsExactly("10.0.0.1:1 w10 p0", "10.0.0.2:1 w256 p0");
  }

  @Test
  void weightsThatAreTooLargeAreScaled() {
    assertThat(backends(srv(1, 65535, "a."), srv(1, 32768, "b.")))
        .containsExactly("10.0.0.1:1 w256 p0", "10.0.0.2:1 w128 p0");
  }

  @Test
  void weightZeroIsVerySmallUnlessAllAreZero() {
    assertThat(backends(srv(1, 0, "a."), srv(1, 10, "b.")))
        .containsExactly("10.0.0.1:1 w1 p0", "10.0.0.2:1 w256 p0");
    assertThat(backends(srv(1, 0, "a."), srv(1, 0, "b.")))
        .containsExactly("10.0.0.1:1 w1 p0", "10.0.0.2:1 w1 p0");
  }

  @Test
  void prioritiesAreLevelsInTheirOrderWithWeightsOfTheirOwn() {
    assertThat(backends(srv(500, 3, "a."), srv(20, 600, "b."), srv(65535, 0, "six.")))
        .containsExactly("10.0.0.1:1 w3 p1", "10.0.0.2:1 w256 p0", "[2001:db8::1]:1 w1 p2");
  }

  @Test
  void thereAreNoMoreThan100Levels() {
    assertThat(SrvWeights.level(98)).isEqualTo(98);
    assertThat(SrvWeights.level(99)).isEqualTo(99);
    assertThat(SrvWeights.level(65535)).isEqualTo(99);
  }

  @Test
  void aTargetsWeightIsDividedAmongItsAddresses() {
    assertThat(backends(srv(1, 50, "a."), srv(1, 50, "two.")))
        .containsExactly("10.0.0.1:1 w50 p0", "10.0.0.3:1 w25 p0", "10.0.0.4:1 w25 p0");
    assertThat(backends(srv(1, 5, "a."), srv(1, 5, "two.")))
        .containsExactly("10.0.0.1:1 w256 p0", "10.0.0.3:1 w128 p0", "10.0.0.4:1 w128 p0");
  }

  @Test
  void onePlaceIsOneBackend() {
    assertThat(backends(srv(1, 5, "a."), srv(1, 6, "a."))).containsExactly("10.0.0.1:1 w11 p0");
    assertThat(backends(srv(2, 5, "a."), srv(1, 6, "a."))).containsExactly("10.0.0.1:1 w6 p0");
    assertThat(backends(srv(1, 5, "none."), srv(1, 6, "unknown."))).isEmpty();
  }

  @Property(tries = 300)
  void theOrderOfRecordsAndAddressesDoesNotMatter(
      @ForAll("services") List<Service> services, @ForAll Random random) {
    List<Service> others = new ArrayList<>(services);
    Collections.shuffle(others, random);
    List<InetAddress> turned = new ArrayList<>(ADDRESSES.get("two."));
    Collections.reverse(turned);
    Map<String, List<InetAddress>> addresses = new HashMap<>(ADDRESSES);
    addresses.put("two.", turned);
    assertThat(SrvBackends.of(others, addresses)).isEqualTo(SrvBackends.of(services, ADDRESSES));
  }

  @Property(tries = 300)
  void everyBackendHasAValidWeightAndLevelAndANameOfItsOwn(
      @ForAll("services") List<Service> services) {
    List<BackendConfig> backends = SrvBackends.of(services, ADDRESSES);
    assertThat(backends).hasSizeLessThanOrEqualTo((int) SrvBackends.count(services, ADDRESSES));
    assertThat(backends)
        .allSatisfy(
            backend -> {
              assertThat(backend.weight()).isBetween(1, 256);
              assertThat(backend.priority()).isBetween(0, 99);
              assertThat(backend.name()).isEqualTo(backend.address().toString());
            });
    assertThat(backends).extracting(BackendConfig::name).doesNotHaveDuplicates();
  }

  @Property(tries = 500)
  void weightsKeepTheOrderAndTheProportion(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 65535) Integer> records) {
    double[] shares = records.stream().mapToDouble(Integer::doubleValue).toArray();
    int[] weights = SrvWeights.of(shares);
    double most = DoubleStream.of(shares).max().orElseThrow();
    int heaviest = Arrays.stream(weights).max().orElseThrow();
    for (int i = 0; i < shares.length; i++) {
      assertThat(weights[i]).isBetween(1, 256);
      if (most > 0) {
        double exact = shares[i] / most * heaviest;
        assertThat((double) weights[i]).isCloseTo(Math.max(1, exact), within(0.5));
      }
    }
  }

  @Provide
  Arbitrary<List<Service>> services() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 65535),
            Arbitraries.integers().between(0, 65535),
            Arbitraries.integers().between(1, 3),
            Arbitraries.of("a.", "b.", "two.", "six.", "none.", "unknown."))
        .as(Service::new)
        .list()
        .ofMaxSize(20);
  }

  private static Service srv(int priority, int weight, String target) {
    return new Service(priority, weight, 1, target);
  }

  private static List<String> backends(Service... services) {
    return SrvBackends.of(List.of(services), ADDRESSES).stream()
        .map(found -> found.name() + " w" + found.weight() + " p" + found.priority())
        .toList();
  }

  private static InetAddress ip(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
