package io.loble.upstream.discovery;

import static io.loble.upstream.discovery.Slices.ipv4;
import static io.loble.upstream.discovery.Slices.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.DiscoverySource;
import io.loble.upstream.discovery.TestCluster.Trouble;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** While the API server is broken that is said, and as soon as it works its answer counts again. */
class KubernetesTroubleTest {

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @ParameterizedTest
  @CsvSource({
    "BROKEN, the API server answers 500: etcd is away",
    "FORBIDDEN, EndpointSlices need the right to list them: the API server forbids it (403): user",
    "WATCH_FORBIDDEN, EndpointSlices need the right to watch them: the API server forbids it (403)",
    "UNAUTHORIZED, the API server does not accept the token of this process (401): Unauthorized",
    "CLOSING, cannot reach the API server http://127.0.0.1:",
    "SILENT, no answer from the API server within 1000 ms",
    "GARBAGE, the API server's answer cannot be read: no JSON",
    "OTHER_JSON, the API server's answer cannot be read: ",
    "ENDLESS, the API server has not ended its answer in 1000 ms",
  })
  void whatIsWrongIsSaidUntilItIsRight(Trouble trouble, String reason) {
    cluster.put(ipv4("a", ready("db-0", "10.0.0.1")));
    cluster.trouble(trouble);
    try (Heard heard = Heard.of(cluster)) {
      heard.waitForFailure(reason);
      cluster.trouble(Trouble.NONE);
      heard.waitFor("db-0");
    }
  }

  /** A process does not notice more of an API server that restarts than it has to. */
  @ParameterizedTest
  @CsvSource({"BROKEN", "CLOSING", "SILENT", "GARBAGE", "OTHER_JSON"})
  void whatBreaksLaterIsSaidToo(Trouble trouble) {
    cluster.put(ipv4("a", ready("db-0", "10.0.0.1")));
    try (Heard heard = Heard.of(cluster)) {
      heard.waitFor("db-0");
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .untilAsserted(() -> assertThat(cluster.watches()).isEqualTo(1));
      cluster.trouble(trouble);
      cluster.cutWatches();
      heard.waitForFailure("API server");
      cluster.trouble(Trouble.NONE);
      heard.waitFor("db-0");
    }
  }

  @Test
  void aWatchThatTalksNonsenseIsFollowedByAList() {
    cluster.put(ipv4("a", ready("db-0", "10.0.0.1")));
    try (Heard heard = Heard.of(cluster, new KubernetesTimes(5_000, 60, 60_000, 60_000, 20, 40))) {
      heard.waitFor("db-0");
      for (String nonsense :
          new String[] {"no JSON\n", "{\"type\":\"LOST\",\"object\":{}}\n", "[]\n", "{}\n"}) {
        Awaitility.await()
            .atMost(20, TimeUnit.SECONDS)
            .untilAsserted(() -> assertThat(cluster.watches()).isEqualTo(1));
        int before = (int) cluster.lists();
        cluster.say(nonsense);
        Awaitility.await()
            .atMost(20, TimeUnit.SECONDS)
            .untilAsserted(() -> assertThat(cluster.lists()).isGreaterThan(before));
        heard.waitFor("db-0");
      }
      assertThat(heard.answers()).anyMatch(Answer.Failed.class::isInstance);
    }
  }

  @Test
  void withoutTheRightToWatchItListsAgainAndAgain() {
    cluster.put(ipv4("a", ready("db-0", "10.0.0.1")));
    cluster.trouble(Trouble.WATCH_FORBIDDEN);
    try (Heard heard = Heard.of(cluster)) {
      heard.waitForFailure("the right to watch");
      cluster.put(ipv4("a", ready("db-1", "10.0.0.2")));
      heard.waitFor("db-1");
    }
  }

  @Test
  void whatAWatchSaysLastIsNotOverlooked() {
    cluster.put(ipv4("a", ready("db-0", "10.0.0.1")));
    try (Heard heard = Heard.of(cluster, new KubernetesTimes(5_000, 60, 60_000, 60_000, 20, 40))) {
      heard.waitFor("db-0");
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .untilAsserted(() -> assertThat(cluster.watches()).isEqualTo(1));
      cluster.say("no JSON\n");
      cluster.endWatches();
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .untilAsserted(
              () ->
                  assertThat(heard.answers())
                      .contains(
                          new Answer.Failed("the API server's answer cannot be read: no JSON")));
      heard.waitFor("db-0");
    }
  }

  @Test
  void aWatchThatHasDiedInSilenceIsGivenUp() {
    cluster.put(ipv4("a", ready("db-0", "10.0.0.1")));
    try (Heard heard = Heard.of(cluster, new KubernetesTimes(5_000, 60, 100, 50, 20, 40))) {
      heard.waitFor("db-0");
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .untilAsserted(() -> assertThat(cluster.asked()).hasSizeGreaterThan(3));
      assertThat(cluster.lists()).isEqualTo(1);
      assertThat(heard.answers()).allMatch(Answer.Backends.class::isInstance);
    }
  }

  @Test
  void nobodyThere() {
    DiscoverySource.Kubernetes source =
        new DiscoverySource.Kubernetes("shop", "postgres", "", false, "", "http://127.0.0.1:1");
    try (Heard heard = new Heard(source, Map.of(), Heard.TIMES)) {
      heard.waitFor("failed: cannot reach the API server http://127.0.0.1:1/: connection refused");
    }
  }

  @Test
  void aSourceThatIsStoppedSaysAndHoldsNothing() {
    cluster.put(ipv4("a", ready("db-0", "10.0.0.1")));
    try (Heard heard = Heard.of(cluster)) {
      heard.waitFor("db-0");
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .untilAsserted(() -> assertThat(cluster.watches()).isEqualTo(1));
      heard.stop();
      int said = heard.answers().size();
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .untilAsserted(() -> assertThat(cluster.watches()).isZero());
      cluster.put(ipv4("b", ready("db-1", "10.0.0.2")));
      assertThat(heard.answers()).hasSize(said);
      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .noneMatch(name -> name.contains("CachedSingleThreadScheduler"));
    }
  }

  @Test
  void pausesGrowToABoundAndVary() {
    RetryPause pause = new RetryPause(1_000, 30_000, new Random(7));
    long[] middle = {1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000};
    for (long expected : middle) {
      assertThat(pause.next()).isBetween(expected * 3 / 4, Math.min(30_000, expected * 5 / 4));
    }
    pause.reset();
    assertThat(pause.next()).isBetween(750L, 1_250L);
  }
}
