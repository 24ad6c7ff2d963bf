package io.loble.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.BackendConfig;
import io.loble.model.BackendMode;
import io.loble.upstream.discovery.EndpointSlice.Endpoint;
import io.loble.upstream.discovery.EndpointSlice.Family;
import io.loble.upstream.discovery.EndpointSlice.Port;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds whatever slices there are. */
class SliceBackendsPropertyTest {

  private static final int PORT = 5432;

  private static List<BackendConfig> backends(List<EndpointSlice> slices) {
    Answer answer = new SliceBackends(new SlicePorts("pg"), "east").of(slices);
    assertThat(answer).isInstanceOf(Answer.Backends.class);
    return ((Answer.Backends) answer).backends();
  }

  @Property
  void namesAndAddressesAreUnique(@ForAll("slices") List<EndpointSlice> slices) {
    List<BackendConfig> backends = backends(slices);
    assertThat(backends).extracting(BackendConfig::name).doesNotHaveDuplicates();
    assertThat(backends).extracting(BackendConfig::address).doesNotHaveDuplicates();
  }

  @Property
  void theOrderOfSlicesAndEndpointsDoesNotMatter(
      @ForAll("slices") List<EndpointSlice> slices, @ForAll Random random) {
    List<EndpointSlice> shuffled =
        slices.stream().map(slice -> shuffled(slice, random)).collect(Collectors.toList());
    Collections.shuffle(shuffled, random);
    assertThat(backends(shuffled)).isEqualTo(backends(slices));
  }

  private static EndpointSlice shuffled(EndpointSlice slice, Random random) {
    List<Endpoint> endpoints = new ArrayList<>(slice.endpoints());
    Collections.shuffle(endpoints, random);
    return new EndpointSlice(slice.name(), slice.family(), slice.ports(), endpoints);
  }

  @Property
  void whatStandsTwiceCountsOnce(@ForAll("slices") List<EndpointSlice> slices) {
    List<EndpointSlice> twice = Stream.concat(slices.stream(), slices.stream()).toList();
    assertThat(backends(twice)).isEqualTo(backends(slices));
  }

  @Property
  void whoServesIsThereAndNobodyElse(@ForAll("slices") List<EndpointSlice> slices) {
    assertThat(addresses(backends(slices), BackendMode.READY))
        .isEqualTo(endpoints(slices, BackendMode.READY));
    Set<String> drained = endpoints(slices, BackendMode.DRAIN);
    drained.removeAll(endpoints(slices, BackendMode.READY));
    assertThat(addresses(backends(slices), BackendMode.DRAIN)).isEqualTo(drained);
  }

  private static Set<String> addresses(List<BackendConfig> backends, BackendMode mode) {
    return backends.stream()
        .filter(backend -> backend.mode() == mode)
        .map(backend -> backend.address().toString())
        .collect(Collectors.toSet());
  }

  private static Set<String> endpoints(List<EndpointSlice> slices, BackendMode mode) {
    return slices.stream()
        .flatMap(slice -> slice.endpoints().stream())
        .filter(endpoint -> endpoint.mode().filter(mode::equals).isPresent())
        .map(Endpoint::address)
        .map(ip -> (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + PORT)
        .collect(Collectors.toSet());
  }

  @Provide
  Arbitrary<List<EndpointSlice>> slices() {
    Arbitrary<EndpointSlice> slice =
        Arbitraries.of(Family.IPV4, Family.IPV6)
            .flatMap(
                family ->
                    endpoint(family == Family.IPV4 ? "10.0.0." : "fd00::")
                        .list()
                        .ofMaxSize(8)
                        .map(
                            endpoints ->
                                new EndpointSlice(
                                    "s" + endpoints.hashCode(),
                                    family,
                                    List.of(new Port("pg", PORT)),
                                    endpoints)));
    return slice.list().ofMaxSize(5);
  }

  private static Arbitrary<Endpoint> endpoint(String prefix) {
    Arbitrary<Boolean> flag = Arbitraries.of(true, false);
    return Combinators.combine(
            Arbitraries.integers().between(1, 9),
            Arbitraries.of("", "a", "b", "c", "d"),
            flag,
            flag,
            flag,
            Arbitraries.of("", "east", "west"),
            Arbitraries.of("east", "west").list().ofMaxSize(2))
        .as(
            (host, pod, ready, serving, terminating, zone, zones) ->
                new Endpoint(prefix + host, pod, ready, serving, terminating, zone, zones));
  }
}
