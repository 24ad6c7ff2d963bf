package io.loble.upstream.discovery;

import static io.loble.upstream.discovery.Slices.endpoint;
import static io.loble.upstream.discovery.Slices.ipv4;
import static io.loble.upstream.discovery.Slices.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.loble.config.DiscoverySource;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The endpoints of a service are followed as they come and go. */
class KubernetesSourceTest {

  private static final String SERVICE = "/api/v1/namespaces/shop/services/postgres";

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  private void waitForWatches(int count) {
    Awaitility.await()
        .atMost(20, TimeUnit.SECONDS)
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .untilAsserted(() -> assertThat(cluster.watches()).isEqualTo(count));
  }

  @Test
  void slicesAreListedAndThenWatched() {
    cluster.put(ipv4("a", ready("db-0", "10.0.0.1")));
    cluster.put(ipv4("b", ready("db-1", "10.0.0.2")));
    try (Heard heard = Heard.of(cluster)) {
      heard.waitFor("db-0 db-1");
      waitForWatches(1);
      cluster.put(ipv4("c", ready("db-2", "10.0.0.3")));
      heard.waitFor("db-0 db-1 db-2");
      cluster.put(ipv4("a", endpoint("db-0", "10.0.0.1", false, true, true).build()));
      heard.waitFor("db-0! db-1 db-2");
      cluster.put(ipv4("a"));
      heard.waitFor("db-1 db-2");
      cluster.delete("b");
      heard.waitFor("db-2");
      assertThat(cluster.asked()).containsExactly("list", "watch 102");
    }
  }

  @Test
  void aWatchThatTheServerEndsGoesOnWhereItWas() {
    cluster.put(ipv4("a", ready("db-0", "10.0.0.1")));
    try (Heard heard = Heard.of(cluster, steadyAtOnce())) {
      heard.waitFor("db-0");
      waitForWatches(1);
      cluster.put(ipv4("b", ready("db-1", "10.0.0.2")));
      heard.waitFor("db-0 db-1");
      cluster.endWatches();
      cluster.delete("a");
      heard.waitFor("db-1");
      assertThat(cluster.asked()).containsExactly("list", "watch 101", "watch 102");
      assertThat(heard.answers()).allMatch(Answer.Backends.class::isInstance);
    }
  }

  /** Whoever is steady at once does not list again. */
  private static KubernetesTimes steadyAtOnce() {
    return new KubernetesTimes(5_000, 60, 60_000, 0, 20, 40);
  }

  @Test
  void aWatchThatIsCutOffGoesOnWhereItWas() {
    cluster.put(ipv4("a", ready("db-0", "10.0.0.1")));
    try (Heard heard = Heard.of(cluster, steadyAtOnce())) {
      heard.waitFor("db-0");
      waitForWatches(1);
      for (int i = 1; i <= 5; i++) {
        cluster.cutWatches();
        cluster.put(ipv4("b", ready("db-" + i, "10.0.1." + i)));
        heard.waitFor("db-0 db-" + i);
        waitForWatches(1);
      }
      assertThat(cluster.lists()).isEqualTo(1);
      assertThat(heard.answers()).allMatch(Answer.Backends.class::isInstance);
    }
  }

  @Test
  void bookmarksSayFromWhereAWatchGoesOn() {
    cluster.put(ipv4("a", ready("db-0", "10.0.0.1")));
    try (Heard heard = Heard.of(cluster, steadyAtOnce())) {
      heard.waitFor("db-0");
      waitForWatches(1);
      cluster.bookmark();
      cluster.put(ipv4("b", ready("db-1", "10.0.0.2")));
      heard.waitFor("db-0 db-1");
      cluster.bookmark();
      // Read before the end, as it is on the same connection.
      cluster.endWatches();
      waitForWatches(1);
      assertThat(cluster.asked()).containsExactly("list", "watch 101", "watch 104");
    }
  }

  @Test
  void whatTheServerDoesNotRememberIsListedAgain() {
    cluster.put(ipv4("a", ready("db-0", "10.0.0.1")));
    try (Heard heard = Heard.of(cluster, steadyAtOnce())) {
      heard.waitFor("db-0");
      waitForWatches(1);
      cluster.trouble(TestCluster.Trouble.CLOSING);
      cluster.cutWatches();
      heard.waitForFailure("cannot reach the API server");
      cluster.delete("a");
      cluster.put(ipv4("b", ready("db-1", "10.0.0.2")));
      cluster.forget();
      cluster.trouble(TestCluster.Trouble.NONE);
      heard.waitFor("db-1");
      waitForWatches(1);
      assertThat(cluster.lists()).isEqualTo(2);
    }
  }

  @Test
  void aWatchThatIsToldThatItIsTooLateIsFollowedByAList() {
    cluster.put(ipv4("a", ready("db-0", "10.0.0.1")));
    try (Heard heard = Heard.of(cluster, steadyAtOnce())) {
      heard.waitFor("db-0");
      waitForWatches(1);
      cluster.expire();
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .untilAsserted(() -> assertThat(cluster.lists()).isEqualTo(2));
      cluster.put(ipv4("a", ready("db-1", "10.0.0.2")));
      heard.waitFor("db-1");
      assertThat(heard.answers()).allMatch(Answer.Backends.class::isInstance);
    }
  }

  /** Some servers end a watch of an old version without a word. */
  @Test
  void watchesThatEndAtOnceAreFollowedByLists() {
    cluster.put(ipv4("a", ready("db-0", "10.0.0.1")));
    cluster.trouble(TestCluster.Trouble.NO_WATCH);
    try (Heard heard = Heard.of(cluster, new KubernetesTimes(5_000, 60, 60_000, 60_000, 20, 40))) {
      heard.waitFor("db-0");
      cluster.put(ipv4("a", ready("db-1", "10.0.0.2")));
      heard.waitFor("db-1");
      cluster.put(ipv4("a", ready("db-2", "10.0.0.3")));
      heard.waitFor("db-2");
    }
  }

  @Test
  void aServiceThatIsMissingIsNotFoundUntilItIsThere() {
    cluster.removeObject(SERVICE);
    try (Heard heard = Heard.of(cluster)) {
      heard.waitFor("not found: there is no service shop/postgres");
      waitForWatches(1);
      cluster.object(SERVICE, new JsonObject());
      cluster.put(ipv4("a"));
      heard.waitFor("");
      cluster.put(ipv4("a", ready("db-0", "10.0.0.1")));
      heard.waitFor("db-0");
      cluster.removeObject(SERVICE);
      cluster.delete("a");
      heard.waitFor("not found: there is no service shop/postgres");
    }
  }

  @Test
  void aServiceThatCannotBeAskedForIsNoEmptyOne() {
    cluster.put(ipv4("a", ready("db-0", "10.0.0.1")));
    try (Heard heard = Heard.of(cluster)) {
      heard.waitFor("db-0");
      waitForWatches(1);
      cluster.object(SERVICE, new JsonObject().put("code", 503));
      cluster.delete("a");
      heard.waitForFailure("the API server answers 503");
      assertThat(heard.answers()).doesNotContain(new Answer.Backends(List.of()));
      cluster.object(SERVICE, new JsonObject().put("code", 403));
      cluster.put(ipv4("a", ready("db-0", "10.0.0.1")));
      heard.waitFor("db-0");
      cluster.delete("a");
      heard.waitFor("");
    }
  }

  @Test
  void aServiceWithoutSlicesHasNoBackends() {
    try (Heard heard = Heard.of(cluster)) {
      heard.waitFor("");
    }
  }

  @Test
  void fiveThousandEndpointsInFiftySlices() {
    for (int slice = 0; slice < 50; slice++) {
      cluster.put(ipv4("slice-" + slice, hundred(slice, 0)));
    }
    try (Heard heard = Heard.of(cluster)) {
      Awaitility.await()
          .atMost(30, TimeUnit.SECONDS)
          .untilAsserted(() -> assertThat(heard.last().split(" ")).hasSize(5_000));
      waitForWatches(1);
      int before = heard.answers().size();
      for (int slice = 0; slice < 50; slice++) {
        cluster.put(ipv4("slice-" + slice, hundred(slice, 50)));
      }
      Awaitility.await()
          .atMost(30, TimeUnit.SECONDS)
          .untilAsserted(() -> assertThat(heard.last().split(" ")).hasSize(2_500));
      // Changes that come faster than they are worked out are worked out together.
      assertThat(heard.answers().size() - before).isLessThanOrEqualTo(51);
    }
  }

  private static Endpoint[] hundred(int slice, int from) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (int i = from; i < 100; i++) {
      endpoints.add(ready("p-" + slice + "-" + i, "10.1." + slice + "." + i));
    }
    return endpoints.toArray(Endpoint[]::new);
  }

  private Heard preferring(String zone, Map<String, String> environment) {
    return new Heard(
        new DiscoverySource.Kubernetes("shop", "postgres", "", true, zone, cluster.url()),
        environment,
        Heard.TIMES);
  }

  private List<Integer> levels(Heard heard) {
    heard.waitFor("db-0 db-1");
    return ((Answer.Backends) heard.answers().get(0))
        .backends().stream().map(backend -> backend.priority()).toList();
  }

  @Test
  void ourZoneIsConfiguredOrInTheEnvironmentOrKnownToOurNode() {
    cluster.put(
        ipv4(
            "a",
            endpoint("db-0", "10.0.0.1", true, true, false).withZone("east").build(),
            endpoint("db-1", "10.0.0.2", true, true, false).withZone("west").build()));
    cluster.object(
        "/api/v1/nodes/node-7",
        new JsonObject("{\"metadata\":{\"labels\":{\"topology.kubernetes.io/zone\":\"west\"}}}"));
    Map<String, String> variables = Map.of("LOBLE_ZONE", "west", "NODE_NAME", "node-7");
    try (Heard heard = preferring("east", variables)) {
      assertThat(levels(heard)).containsExactly(0, 1);
    }
    try (Heard heard = preferring("", variables)) {
      assertThat(levels(heard)).containsExactly(1, 0);
    }
    assertThat(cluster.asked()).doesNotContain("/api/v1/nodes/node-7");
    try (Heard heard = preferring("", Map.of("NODE_NAME", "node-7"))) {
      assertThat(levels(heard)).containsExactly(1, 0);
    }
    try (Heard heard = preferring("", Map.of("NODE_NAME", "node-8"))) {
      assertThat(levels(heard)).containsExactly(0, 0);
    }
    try (Heard heard = preferring("", Map.of())) {
      assertThat(levels(heard)).containsExactly(0, 0);
    }
  }
}
