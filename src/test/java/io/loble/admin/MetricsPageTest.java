package io.loble.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.AdminConfig;
import io.loble.config.MetricsConfig;
import io.loble.control.ProcessStatus;
import io.loble.control.SampleBalancer;
import io.loble.model.Algorithm;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.BuildInfo;
import io.loble.model.ConnectFailure;
import io.loble.model.Discovered;
import io.loble.model.DiscoveryStats;
import io.loble.model.HostPort;
import io.loble.model.ListenerStats;
import io.loble.model.Rejection;
import io.loble.model.RequestCounters;
import io.loble.model.Source;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

  private static final HostPort ANY = new HostPort("127.0.0.1", 0);

  private final Vertx vertx = Vertx.vertx();
  private final SampleBalancer sample = new SampleBalancer(vertx);
  private final AdminServer server =
      Admins.server(vertx, "lb-7", new AdminConfig(ANY, ""), new MetricsConfig(true, ANY));

  @BeforeEach
  void start() {
    sample.pool("p", Algorithm.ROUND_ROBIN);
    server.start().await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void thePageIsPrometheusText() {
    HttpResponse<String> response = Web.get(server.address(), "/metrics");

    assertThat(Web.header(response, "content-type"))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
  }

  @Test
  void openMetricsIsServedToWhoeverPrefersIt() {
    sample.listener("main", "0.0.0.0:9000", "p");
    sample.backend("p", "10.0.0.1:80", BackendState.HEALTHY);
    sample.publish(1);
    HttpResponse<String> response =
        Web.get(
            server.address(), "/metrics", "Accept", "application/openmetrics-text; version=1.0.0");

    assertThat(Web.header(response, "content-type")).startsWith("application/openmetrics-text");
    assertThat(response.body())
        .contains("# UNIT loble_backend_bytes bytes", "# UNIT loble_connection_duration_seconds")
        .endsWith("# EOF\n");
  }

  @Test
  void aListenersCountersAreItsSeries() {
    ListenerStats stats = sample.listener("main", "0.0.0.0:9000", "p");
    for (int i = 0; i < 5; i++) {
      stats.accepted();
    }
    stats.rejected(Rejection.NO_BACKEND);
    stats.ended(2_000_000);
    stats.ended(7_000_000_000L);
    MetricsText page = scrape();

    assertThat(page.value("loble_listener_connections_accepted_total", "listener", "main"))
        .isEqualTo(5);
    assertThat(page.value("loble_listener_active_connections", "listener", "main")).isEqualTo(3);
    assertThat(
            page.value(
                "loble_listener_connections_rejected_total",
                "listener",
                "main",
                "reason",
                "no_backend"))
        .isEqualTo(1);
    assertThat(page.series("loble_listener_connections_rejected_total"))
        .hasSize(Rejection.values().length);
  }

  @Test
  void bucketsAreCumulative() {
    ListenerStats stats = sample.listener("main", "0.0.0.0:9000", "p");
    stats.ended(2_000_000);
    stats.ended(7_000_000_000L);
    stats.ended(86_400_000_000_000L);
    MetricsText page = scrape();

    assertThat(durationBucket(page, "0.001")).isZero();
    assertThat(durationBucket(page, "0.005")).isEqualTo(1);
    assertThat(durationBucket(page, "5.0")).isEqualTo(1);
    assertThat(durationBucket(page, "10.0")).isEqualTo(2);
    assertThat(durationBucket(page, "14400.0")).isEqualTo(2);
    assertThat(durationBucket(page, "+Inf")).isEqualTo(3);
    assertThat(page.value("loble_connection_duration_seconds_count", "listener", "main"))
        .isEqualTo(3);
    assertThat(page.value("loble_connection_duration_seconds_sum", "listener", "main"))
        .isEqualTo(86_407.002);
  }

  @Test
  void aBackendsCountersAreItsSeries() {
    BackendStats stats = sample.backend("p", "one", "10.0.0.1:80", 1, BackendState.HEALTHY);
    assertThat(stats.admission().tryAcquire(0)).isTrue();
    stats.counters().connected(3_000_000);
    stats.counters().connectFailed(ConnectFailure.TIMEOUT);
    stats.counters().addBytesToBackend(7);
    stats.counters().addBytesToClient(11);
    sample.publish(1);
    MetricsText page = scrape();

    assertThat(ofOne(page, "loble_backend_active_connections")).isEqualTo(1);
    assertThat(ofOne(page, "loble_backend_connections_total")).isEqualTo(1);
    assertThat(ofOne(page, "loble_backend_connect_failures_total", "reason", "timeout"))
        .isEqualTo(1);
    assertThat(page.series("loble_backend_connect_failures_total"))
        .hasSize(ConnectFailure.values().length);
    assertThat(ofOne(page, "loble_backend_bytes_total", "direction", "to_backend")).isEqualTo(7);
    assertThat(ofOne(page, "loble_backend_bytes_total", "direction", "to_client")).isEqualTo(11);
    assertThat(ofOne(page, "loble_backend_connect_seconds_bucket", "le", "0.0025")).isZero();
    assertThat(ofOne(page, "loble_backend_connect_seconds_bucket", "le", "0.005")).isEqualTo(1);
    assertThat(ofOne(page, "loble_backend_connect_seconds_count")).isEqualTo(1);
  }

  @Test
  void aBackendIsInOneStateAtATime() {
    for (BackendState state : BackendState.values()) {
      sample.backend("p", "one", "10.0.0.1:80", 1, state);
      sample.publish(1);
      MetricsText page = scrape();

      assertThat(ofOne(page, "loble_backend_up")).isEqualTo(state.inRotation() ? 1 : 0);
      for (BackendState each : BackendState.values()) {
        assertThat(ofOne(page, "loble_backend_state", "state", each.label()))
            .isEqualTo(each == state ? 1 : 0);
      }
    }
  }

  @Test
  void requestsAreCountedByTheClassOfTheirStatus() {
    BackendStats backend = sample.backend("p", "one", "10.0.0.1:80", 1, BackendState.HEALTHY);
    ListenerStats listener = sample.httpListener("web", "0.0.0.0:8080", "p");
    sample.publish(1);
    RequestCounters pool = sample.stats("p").requests();
    listener.requests().count(200, 3_000_000);
    listener.requests().count(503, 1_000_000);
    listener.requests().count(0, 1_000_000);
    pool.count(200, 3_000_000);
    pool.count(503, 1_000_000);
    backend.requests().count(200, 3_000_000);
    MetricsText page = scrape();

    assertThat(ofWeb(page, "2xx")).isEqualTo(1);
    assertThat(ofWeb(page, "5xx")).isEqualTo(1);
    assertThat(ofWeb(page, "none")).isEqualTo(1);
    assertThat(ofWeb(page, "4xx")).isZero();
    assertThat(page.value("loble_listener_request_seconds_count", "listener", "web")).isEqualTo(3);
    assertThat(page.value("loble_listener_request_seconds_sum", "listener", "web"))
        .isEqualTo(0.005);
    assertThat(ofOne(page, "loble_backend_requests_total", "code", "2xx")).isEqualTo(1);
    assertThat(ofOne(page, "loble_backend_requests_total", "code", "5xx")).isZero();
    assertThat(poolBucket(page, "0.001")).isEqualTo(1);
    assertThat(poolBucket(page, "0.005")).isEqualTo(2);
  }

  @Test
  void whereConnectionsAreBalancedThereAreNoRequests() {
    sample.backend("p", "10.0.0.1:80", BackendState.HEALTHY);
    sample.pool("q", Algorithm.RANDOM).backend("q", "10.0.0.2:80", BackendState.HEALTHY);
    sample.listener("main", "0.0.0.0:9000", "p");
    sample.httpListener("web", "0.0.0.0:8080", "q");
    sample.publish(1);
    MetricsText page = scrape();

    assertThat(page.series("loble_listener_requests_total").keySet())
        .hasSize(6)
        .allMatch(labels -> "web".equals(labels.get("listener")));
    assertThat(page.series("loble_backend_requests_total").keySet())
        .hasSize(6)
        .allMatch(labels -> "q".equals(labels.get("pool")));
    assertThat(page.series("loble_pool_request_seconds_count"))
        .containsOnlyKeys(Map.of("pool", "q"));
  }

  @Test
  void aPoolThatNoListenerLeadsToAnyMoreKeepsItsRequests() {
    sample.backend("p", "10.0.0.1:80", BackendState.HEALTHY);
    sample.publish(1);
    sample.stats("p").requests().count(200, 1);

    assertThat(scrape().value("loble_pool_request_seconds_count", "pool", "p")).isEqualTo(1);
  }

  @Test
  void aPoolInPanicSaysSo() {
    sample.backend("p", "one", "10.0.0.1:80", 1, BackendState.UNHEALTHY);
    sample.publish(1);
    assertThat(scrape().value("loble_pool_panic", "pool", "p")).isZero();
    sample.panic("p", "one");
    sample.publish(2);
    assertThat(scrape().value("loble_pool_panic", "pool", "p")).isEqualTo(1);
    sample.backend("p", "one", "10.0.0.1:80", 1, BackendState.HEALTHY);
    sample.publish(3);
    assertThat(scrape().value("loble_pool_panic", "pool", "p")).isZero();
  }

  @Test
  void whatSourcesOfBackendsSayIsCounted() {
    sample.publish(1);
    DiscoveryStats discovery = sample.stats("p").discovery();
    DiscoveryStats.OfSource dns = discovery.begin(Source.DNS, "db.internal:5432");
    assertThat(ofDns(scrape(), "loble_discovery_up")).isZero();
    assertThat(ofDns(scrape(), "loble_discovery_last_answer_timestamp_seconds")).isZero();
    double before = System.currentTimeMillis() / 1e3;
    dns.say(dns.now().answered(3));
    dns.count(Discovered.State.OK);
    dns.countChange();
    MetricsText good = scrape();

    assertThat(ofDns(good, "loble_discovery_up")).isEqualTo(1);
    assertThat(ofDns(good, "loble_discovery_backends")).isEqualTo(3);
    assertThat(ofDns(good, "loble_discovery_changes_total")).isEqualTo(1);
    assertThat(ofDns(good, "loble_discovery_last_answer_timestamp_seconds"))
        .isBetween(Math.floor(before), before + 60);
    dns.say(dns.now().failed(Discovered.State.NOT_FOUND, "no such name"));
    dns.count(Discovered.State.NOT_FOUND);
    MetricsText none = scrape();

    assertThat(ofDns(none, "loble_discovery_up")).isZero();
    assertThat(ofDns(none, "loble_discovery_backends")).isEqualTo(3);
    assertThat(ofDns(none, "loble_discovery_answers_total", "result", "ok")).isEqualTo(1);
    assertThat(ofDns(none, "loble_discovery_answers_total", "result", "not_found")).isEqualTo(1);
    assertThat(ofDns(none, "loble_discovery_answers_total", "result", "failed")).isZero();
    discovery.keepOnly(Set.of());
    assertThat(scrape().series("loble_discovery_up")).isEmpty();
  }

  @Test
  void seriesComeAndGoWithTheirBackend() {
    sample.backend("p", "10.0.0.1:80", BackendState.HEALTHY);
    sample.publish(1);
    assertThat(scrape().series("loble_backend_up")).hasSize(1);
    sample.backend("p", "10.0.0.2:80", BackendState.HEALTHY);
    sample.publish(2);
    assertThat(scrape().series("loble_backend_up")).hasSize(2);
    sample.removeBackend("p", "10.0.0.1:80");
    sample.publish(3);
    assertThat(scrape().series("loble_backend_up"))
        .containsOnlyKeys(Map.of("pool", "p", "backend", "10.0.0.2:80"));
  }

  @Test
  void theBalancerAsAWhole() {
    ProcessStatus process = ProcessStatus.of(vertx);
    process.reloaded();
    process.reloadFailed("broken");
    process.reloadFailed("broken");
    process.reloadFailed("broken in another way");
    sample.publish(41);
    MetricsText page = scrape();

    assertThat(page.value("loble_snapshot_version")).isEqualTo(41);
    assertThat(page.value("loble_config_reloads_total", "result", "success")).isEqualTo(1);
    assertThat(page.value("loble_config_reloads_total", "result", "failure")).isEqualTo(2);
    assertThat(page.value("loble_build_info", "version", BuildInfo.version())).isEqualTo(1);
  }

  @Test
  void theJvmAndTheProcessAreThere() {
    assertThat(scrape().types())
        .containsKeys(
            "jvm_memory_used_bytes",
            "jvm_gc_memory_allocated_bytes_total",
            "jvm_threads_live_threads",
            "process_cpu_usage",
            "process_uptime_seconds",
            "process_files_open_files",
            "netty_allocator_memory_used");
  }

  private MetricsText scrape() {
    return MetricsText.parse(Web.get(server.address(), "/metrics").body());
  }

  private static double ofOne(MetricsText page, String name, String... more) {
    String[] labels = Arrays.copyOf(new String[] {"pool", "p", "backend", "one"}, 4 + more.length);
    System.arraycopy(more, 0, labels, 4, more.length);
    return page.value(name, labels);
  }

  private static double ofDns(MetricsText page, String name, String... more) {
    String[] labels = Arrays.copyOf(new String[] {"pool", "p", "source", "dns"}, 4 + more.length);
    System.arraycopy(more, 0, labels, 4, more.length);
    return page.value(name, labels);
  }

  private static double ofWeb(MetricsText page, String code) {
    return page.value("loble_listener_requests_total", "listener", "web", "code", code);
  }

  private static double poolBucket(MetricsText page, String bound) {
    return page.value("loble_pool_request_seconds_bucket", "pool", "p", "le", bound);
  }

  private static double durationBucket(MetricsText page, String bound) {
    return page.value("loble_connection_duration_seconds_bucket", "listener", "main", "le", bound);
  }
}
