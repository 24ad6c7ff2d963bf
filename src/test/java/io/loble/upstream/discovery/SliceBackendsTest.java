package io.loble.upstream.discovery;

import static io.loble.upstream.discovery.Slices.endpoint;
import static io.loble.upstream.discovery.Slices.ipv4;
import static io.loble.upstream.discovery.Slices.ipv6;
import static io.loble.upstream.discovery.Slices.ready;
import static io.loble.upstream.discovery.Slices.slice;
import static io.loble.upstream.discovery.Slices.withoutPort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.loble.config.BackendConfig;
import io.loble.model.BackendMode;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What EndpointSlices mean for a pool. */
class SliceBackendsTest {

  private static Answer answer(String port, EndpointSliceBuilder... slices) {
    return new SliceBackends(new SlicePorts(port), "").of(read(slices));
  }

  private static List<EndpointSlice> read(EndpointSliceBuilder... slices) {
    return Arrays.stream(slices).map(Slices::read).toList();
  }

  private static List<String> found(EndpointSliceBuilder... slices) {
    return shown(answer("", slices));
  }

  private static List<String> shown(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Backends.class);
    return ((Answer.Backends) answer).backends().stream().map(SliceBackendsTest::shown).toList();
  }

  private static String shown(BackendConfig backend) {
    String mode = backend.mode() == BackendMode.READY ? "" : " " + backend.mode().label();
    String level = backend.priority() == 0 ? "" : " level " + backend.priority();
    return backend.name() + "=" + backend.address() + mode + level;
  }

  private static String failure(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    return ((Answer.Failed) answer).why();
  }

  @Test
  void podsOfAllSlicesAreBackendsByTheirNames() {
    assertThat(
            found(
                ipv4("db-b", ready("db-2", "10.0.0.3")),
                ipv4("db-a", ready("db-1", "10.0.0.2"), ready("db-0", "10.0.0.1"))))
        .containsExactly("db-0=10.0.0.1:5432", "db-1=10.0.0.2:5432", "db-2=10.0.0.3:5432");
  }

  @Test
  void whatIsNoPodHasItsAddressAsName() {
    assertThat(found(ipv4("a", ready("", "10.0.0.1")), ipv4("b", ready("Db!", "10.0.0.2"))))
        .containsExactly("10.0.0.1:5432=10.0.0.1:5432", "10.0.0.2:5432=10.0.0.2:5432");
  }

  @Test
  void aNameThatTwoAddressesHaveIsNoName() {
    assertThat(found(ipv4("a", ready("db", "10.0.0.1"), ready("db", "10.0.0.2"))))
        .containsExactly("10.0.0.1:5432=10.0.0.1:5432", "10.0.0.2:5432=10.0.0.2:5432");
  }

  @Test
  void theSecondFamilyOfAPodIsNamedByItsAddress() {
    assertThat(found(ipv6("a", ready("db-0", "fd00::1")), ipv4("b", ready("db-0", "10.0.0.1"))))
        .containsExactly("[fd00::1]:5432=[fd00::1]:5432", "db-0=10.0.0.1:5432");
  }

  @Test
  void theOnlyFamilyOfAPodHasItsName() {
    assertThat(found(ipv6("a", ready("db-0", "fd00::1")))).containsExactly("db-0=[fd00::1]:5432");
  }

  /** Or it would get another name when the slice of the other family follows. */
  @Test
  void theOtherFamilyCountsWhileItHasNoEndpoint() {
    assertThat(found(ipv6("a", ready("db-0", "fd00::1")), ipv4("b")))
        .containsExactly("[fd00::1]:5432=[fd00::1]:5432");
  }

  @Test
  void conditionsSayWhoServes() {
    assertThat(
            found(
                ipv4(
                    "a",
                    endpoint("ready", "10.0.0.1", true, true, false).build(),
                    endpoint("unknown", "10.0.0.2", null, null, null).build(),
                    endpoint("starting", "10.0.0.3", false, false, false).build(),
                    endpoint("old", "10.0.0.4", false, null, null).build(),
                    endpoint("draining", "10.0.0.5", false, true, true).build(),
                    endpoint("gone", "10.0.0.6", false, false, true).build(),
                    endpoint("published", "10.0.0.7", true, true, true).build())))
        .containsExactly(
            "draining=10.0.0.5:5432 drain",
            "published=10.0.0.7:5432 drain",
            "ready=10.0.0.1:5432",
            "unknown=10.0.0.2:5432");
  }

  @Test
  void anAddressThatMovesFromOneSliceToAnotherIsOneBackend() {
    assertThat(
            found(
                ipv4("a", endpoint("db-0", "10.0.0.1", false, true, true).build()),
                ipv4("b", ready("db-0", "10.0.0.1"))))
        .containsExactly("db-0=10.0.0.1:5432");
  }

  @Test
  void whatIsNoAddressOfItsFamilyIsLeftOut() {
    assertThat(
            found(
                ipv4("a", ready("x", "fd00::1"), ready("y", "db.example"), ready("z", "10.0.0.1")),
                ipv6("b", ready("v", "10.0.0.2"))))
        .containsExactly("z=10.0.0.1:5432");
  }

  @Test
  void namesInsteadOfAddressesAreIgnoredAndNamed() {
    List<EndpointSlice> slices =
        read(slice("names", "FQDN", ready("", "db.example")), ipv4("a", ready("p", "10.0.0.1")));
    assertThat(shown(new SliceBackends(new SlicePorts(""), "").of(slices)))
        .containsExactly("p=10.0.0.1:5432");
    assertThat(SliceBackends.ignored(slices)).containsExactly("names");
  }

  private static EndpointSliceBuilder twoPorts(String name, String address) {
    return ipv4(name, ready(name, address))
        .addNewPort()
        .withName("metrics")
        .withPort(9187)
        .endPort();
  }

  @Test
  void aPortIsChosenByNameOrNumber() {
    assertThat(shown(answer("pg", twoPorts("a", "10.0.0.1")))).containsExactly("a=10.0.0.1:5432");
    assertThat(shown(answer("9187", twoPorts("a", "10.0.0.1")))).containsExactly("a=10.0.0.1:9187");
  }

  @Test
  void ofSeveralPortsOneHasToBeChosen() {
    assertThat(failure(answer("", twoPorts("a", "10.0.0.1"))))
        .isEqualTo("the service has several ports, and none is chosen: metrics (9187), pg (5432)");
    assertThat(failure(answer("http", twoPorts("a", "10.0.0.1"))))
        .isEqualTo("the service has no TCP port http, but: metrics (9187), pg (5432)");
  }

  @Test
  void portsOfUdpDoNotCount() {
    EndpointSliceBuilder dns =
        withoutPort("a", "IPv4", ready("p", "10.0.0.1"))
            .addNewPort()
            .withName("dns")
            .withPort(53)
            .withProtocol("UDP")
            .endPort();
    assertThat(failure(answer("", dns))).isEqualTo("the service has no TCP port");
    assertThat(failure(answer("dns", dns))).isEqualTo("the service has no TCP port");
    assertThat(shown(answer("", dns.addNewPort().withName("dns-tcp").withPort(53).endPort())))
        .containsExactly("p=10.0.0.1:53");
  }

  /** Pods may give a named port other numbers, and then have slices of their own. */
  @Test
  void aNamedPortMayHaveOtherNumbersInOtherSlices() {
    EndpointSliceBuilder other =
        withoutPort("b", "IPv4", ready("new", "10.0.0.2"))
            .addNewPort()
            .withName("pg")
            .withPort(6432)
            .endPort();
    EndpointSliceBuilder none = withoutPort("c", "IPv4", ready("none", "10.0.0.3"));
    assertThat(found(ipv4("a", ready("old", "10.0.0.1")), other, none))
        .containsExactly("new=10.0.0.2:6432", "old=10.0.0.1:5432");
  }

  @Test
  void aServiceWithoutEndpointsHasNoBackends() {
    assertThat(found()).isEmpty();
    assertThat(found(ipv4("a"))).isEmpty();
    assertThat(shown(answer("http", withoutPort("a", "IPv4")))).isEmpty();
  }

  @Test
  void endpointsForOurZoneComeFirst() {
    List<EndpointSlice> slices =
        read(
            ipv4(
                "a",
                endpoint("hinted", "10.0.0.1", true, true, false)
                    .withZone("west")
                    .withNewHints()
                    .addNewForZone("east")
                    .endHints()
                    .build(),
                endpoint("for-west", "10.0.0.2", true, true, false)
                    .withZone("east")
                    .withNewHints()
                    .addNewForZone("west")
                    .endHints()
                    .build(),
                endpoint("near", "10.0.0.3", true, true, false).withZone("east").build(),
                endpoint("far", "10.0.0.4", true, true, false).withZone("west").build(),
                ready("anywhere", "10.0.0.5")));
    assertThat(shown(new SliceBackends(new SlicePorts(""), "east").of(slices)))
        .containsExactly(
            "anywhere=10.0.0.5:5432 level 1",
            "far=10.0.0.4:5432 level 1",
            "for-west=10.0.0.2:5432 level 1",
            "hinted=10.0.0.1:5432",
            "near=10.0.0.3:5432");
    assertThat(shown(new SliceBackends(new SlicePorts(""), "").of(slices)))
        .noneMatch(backend -> backend.contains("level"));
  }

  @Test
  void whatIsMissingOrNullIsAsIfEmpty() {
    assertThat(
            SliceReader.read(
                new JsonObject(
                    "{\"metadata\":{\"name\":\"a\"},\"endpoints\":null,\"ports\":null}")))
        .isEqualTo(new EndpointSlice("a", EndpointSlice.Family.OTHER, List.of(), List.of()));
    assertThat(
            SliceReader.read(
                    new JsonObject(
                        "{\"endpoints\":[{},null,{\"addresses\":[]},"
                            + "{\"addresses\":[\"10.0.0.1\"],\"conditions\":{\"ready\":null}}]}"))
                .endpoints())
        .singleElement()
        .matches(EndpointSlice.Endpoint::ready);
  }

  @Test
  void whatIsOfAnotherTypeIsRefused() {
    for (String text :
        List.of(
            "{\"endpoints\":{}}",
            "{\"endpoints\":[7]}",
            "{\"ports\":[{\"port\":\"x\"}]}",
            "{\"metadata\":[]}",
            "{\"addressType\":4}",
            "{\"endpoints\":[{\"addresses\":[\"a\"],\"conditions\":{\"ready\":\"yes\"}}]}")) {
      assertThatThrownBy(() -> SliceReader.read(new JsonObject(text)))
          .as(text)
          .isInstanceOf(ClassCastException.class);
    }
  }
}
