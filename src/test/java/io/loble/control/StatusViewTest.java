package io.loble.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.model.Algorithm;
import io.loble.model.BackendState;
import io.loble.model.BackendStats;
import io.loble.model.BuildInfo;
import io.loble.model.ConnectFailure;
import io.loble.model.Discovered;
import io.loble.model.DiscoveryStats;
import io.loble.model.ListenerStats;
import io.loble.model.Rejection;
import io.loble.model.Source;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusViewTest {

  private final Vertx vertx = Vertx.vertx();
  private final SampleBalancer sample = new SampleBalancer(vertx);
  private final RunningBalancer balancer = new RunningBalancer(vertx, "lb-7");
  private final StatusView view =
      new StatusView(balancer, ConfigManager.of(vertx, SampleBalancer.config()));

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void everyFieldHasItsContractualNameAndPlace() {
    sample.pool("default", Algorithm.ROUND_ROBIN);
    traffic(sample.backend("default", "one", "10.0.0.1:8080", 10, BackendState.HEALTHY));
    sample.pool("postgres", Algorithm.LEAST_CONNECTIONS);
    sample.backend("postgres", "[::1]:5432", BackendState.UNHEALTHY);
    traffic(sample.listener("main", "0.0.0.0:9000", "default"));
    sample.publish(41);
    JsonObject status = view.status();
    long uptime = status.getLong("uptime_ms");
    String loadedAt = status.getJsonObject("config").getString("loaded_at");

    // Depends on the system; EmbeddedTest looks at it.
    status.remove("transport_advice");
    assertThat(status.encode())
        .isEqualTo(
            """
            {"id":"lb-7","version":"%s","uptime_ms":%d,"transport":"nio","tls_engine":null,"draining":false,\
            "snapshot_version":41,\
            "config":{"version":1,"loaded_at":"%s","error":null,\
            "file":"","differs":[]},\
            "listeners":[{"name":"main","address":"0.0.0.0:9000","pool":"default",\
            "active":1,"accepted":3,"rejected":2,\
            "rejected_by":{"no_backend":1,"backends_full":0,"queue_timeout":0,"connect_failed":0,\
            "limit":1,"denied":0,"rate":0,"client_limit":0,"client_rate":0,"listener_limit":0,\
            "overload":0,"no_route":0,"bad_preface":0,"tls":0},\
            "refused_networks":[],"access_error":null,\
            "duration_ms":{"p50":0.5,"p99":0.99,"sum":0.002},"tls":null,"requests":null,\
            "reuse_port":false,"tcp":{"keepalive":"2m","user_timeout":"0s"},\
            "backlog":65535,"v6only":false,"bandwidth":"","socket_mode":"0660","allow":[],"deny":[],\
            "allow_file":"","deny_file":"","max_connections":0,"rate":"","burst":0,\
            "per_client":{"max_connections":0,"rate":"","burst":0,"prefix4":32,"prefix6":64},\
            "accept_proxy":"off","accept_proxy_from":[],"sniff_timeout":"3s",\
            "starttls":"off","routes":[],"mode":"tcp"}],\
            "pools":[{"name":"default","algorithm":"round_robin",\
            "send_proxy":"off","source":[],"tls":null,"panic":false,\
            "retries":{"made":0,"refused":0},\
            "queue":{"length":0,"max":0,"timeouts":0},"discovery":[],"requests":null,"backends":[\
            {"name":"one","address":"10.0.0.1:8080","weight":10,"state":"healthy",\
            "active":1,"total":2,"failures":2,"bytes_to_backend":7,"bytes_to_client":11,\
            "max_connections":0,"mode":"ready","since":null,"why":null,\
            "connect_ms":{"p50":0.25,"p99":0.495,"sum":0.003},\
            "peak":1,"duration_ms":{"p50":0.5,"p99":0.99,"sum":0.002},\
            "error_share":0.666667,"priority":0,"effective_weight":10.0,"answer_ms":null,\
            "ejections":0,"circuit_openings":0,"source":"configuration",\
            "requests":null}]},\
            {"name":"postgres","algorithm":"least_connections",\
            "send_proxy":"off","source":[],"tls":null,"panic":false,\
            "retries":{"made":0,"refused":0},\
            "queue":{"length":0,"max":0,"timeouts":0},"discovery":[],"requests":null,"backends":[\
            {"name":"[::1]:5432","address":"[::1]:5432","weight":1,"state":"unhealthy",\
            "active":0,"total":0,"failures":0,"bytes_to_backend":0,"bytes_to_client":0,\
            "max_connections":0,"mode":"ready","since":null,"why":null,\
            "connect_ms":{"p50":null,"p99":null,"sum":0.0},\
            "peak":0,"duration_ms":{"p50":null,"p99":null,"sum":0.0},\
            "error_share":null,"priority":0,"effective_weight":0.0,"answer_ms":null,\
            "ejections":0,"circuit_openings":0,"source":"configuration",\
            "requests":null}]}]}"""
                .formatted(BuildInfo.version(), uptime, loadedAt));
    assertThat(Instant.parse(loadedAt)).isBefore(Instant.now().plusSeconds(1));
    assertThat(uptime).isNotNegative();
  }

  @Test
  void aBalancerThatHasJustBegunHasNoPoolsAndVersionZero() {
    JsonObject status = view.status();

    assertThat(status.getLong("snapshot_version")).isZero();
    assertThat(status.getJsonArray("pools")).isEmpty();
    assertThat(status.getJsonArray("listeners")).isEmpty();
  }

  @Test
  void requestsAreShownWhereTheyAreBalanced() {
    sample.pool("web", Algorithm.ROUND_ROBIN);
    BackendStats backend = sample.backend("web", "10.0.0.1:80", BackendState.HEALTHY);
    ListenerStats listener = sample.httpListener("edge", "0.0.0.0:8080", "web");
    sample.publish(1);
    listener.requests().count(200, 1_000_000);
    listener.requests().count(404, 1_000_000);
    listener.requests().count(0, 1_000_000);
    sample.stats("web").requests().count(200, 1_000_000);
    backend.requests().count(502, 1_000_000);

    assertThat(view.listener("edge").getString("mode")).isEqualTo("http");
    assertThat(view.listener("edge").getJsonObject("requests").encode())
        .isEqualTo(
            """
            {"total":3,"codes":{"1xx":0,"2xx":1,"3xx":0,"4xx":1,"5xx":0,"none":1},\
            "ms":{"p50":0.5,"p99":0.99,"sum":3.0},\
            "buckets":{"le_ms":[1.0,2.5,5.0,10.0,25.0,50.0,100.0,250.0,500.0,1000.0,2500.0,5000.0,\
            10000.0,30000.0,60000.0],"counts":[3,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}}""");
    assertThat(view.pool("web").getJsonObject("requests").getLong("total")).isEqualTo(1);
    JsonObject ofBackend = view.backend("web", "10.0.0.1:80").getJsonObject("requests");
    assertThat(ofBackend.getJsonObject("codes").getLong("5xx")).isEqualTo(1);
    assertThat(view.pool("web").getJsonArray("backends").getJsonObject(0).getValue("requests"))
        .isEqualTo(ofBackend);
  }

  @Test
  void sourcesOfBackendsAreShown() {
    sample.pool("db", Algorithm.ROUND_ROBIN).publish(1);
    DiscoveryStats discovery = sample.stats("db").discovery();
    DiscoveryStats.OfSource dns = discovery.begin(Source.DNS, "db.internal:5432");
    DiscoveryStats.OfSource file = discovery.begin(Source.FILE, "targets.json");
    dns.say(dns.now().answered(2));
    dns.count(Discovered.State.OK);
    dns.countChange();
    dns.say(dns.now().failed(Discovered.State.FAILED, "no answer"));
    dns.count(Discovered.State.FAILED);
    JsonArray sources = view.pool("db").getJsonArray("discovery");

    assertThat(sources.getJsonObject(0).encode())
        .isEqualTo(
            """
            {"source":"file","of":"targets.json","state":"waiting","detail":null,"backends":0,\
            "since":"%s","answered_at":null,\
            "answers":{"ok":0,"empty":0,"not_found":0,"failed":0},"changes":0}"""
                .formatted(millis(file.now().since())));
    assertThat(sources.getJsonObject(1).encode())
        .isEqualTo(
            """
            {"source":"dns","of":"db.internal:5432","state":"failed","detail":"no answer",\
            "backends":2,"since":"%s","answered_at":"%s",\
            "answers":{"ok":1,"empty":0,"not_found":0,"failed":1},"changes":1}"""
                .formatted(
                    millis(dns.now().since()),
                    millis(Objects.requireNonNull(dns.now().answeredAt()))));
  }

  private static Instant millis(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS);
  }

  @Test
  void drainingIsShown() {
    balancer.process().startDraining();

    assertThat(view.status().getBoolean("draining")).isTrue();
  }

  @Test
  void aRefusedReloadIsShownUntilOneIsApplied() {
    balancer.process().reloadFailed("conf/loble.toml:3:1: what is this");
    JsonObject refused = view.status().getJsonObject("config");
    balancer.process().reloaded();
    balancer.process().configured(2);
    JsonObject applied = view.status().getJsonObject("config");

    assertThat(refused.getLong("version")).isEqualTo(1);
    assertThat(refused.getString("error")).isEqualTo("conf/loble.toml:3:1: what is this");
    assertThat(applied.getLong("version")).isEqualTo(2);
    assertThat(applied.getValue("error")).isNull();
  }

  @Test
  void onePoolIsTheObjectOfTheStatus() {
    sample.pool("a", Algorithm.RANDOM);
    sample.backend("a", "10.0.0.1:80", BackendState.DRAINING);
    sample.pool("b", Algorithm.SOURCE_HASH);
    sample.publish(1);

    assertThat(view.pool("b")).isEqualTo(view.status().getJsonArray("pools").getJsonObject(1));
    assertThat(view.pools()).isEqualTo(view.status().getJsonArray("pools"));
  }

  @Test
  void anUnknownPoolIsRefusedWithTheNamesOfTheOthers() {
    sample.pool("a", Algorithm.RANDOM).pool("b", Algorithm.RANDOM).publish(1);

    assertThatThrownBy(() -> view.pool("c"))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND))
        .hasMessage("no pool is called \"c\"; known: a, b");
  }

  private static void traffic(BackendStats stats) {
    assertThat(stats.admission().tryAcquire(0)).isTrue();
    stats.counters().connected(1_000);
    stats.counters().connected(2_000);
    stats.counters().connectFailed(ConnectFailure.REFUSED);
    stats.counters().resetEarly();
    stats.counters().ended(2_000);
    stats.counters().addBytesToBackend(7);
    stats.counters().addBytesToClient(11);
  }

  private static void traffic(ListenerStats stats) {
    for (int i = 0; i < 3; i++) {
      stats.accepted();
    }
    stats.rejected(Rejection.LIMIT);
    stats.rejected(Rejection.NO_BACKEND);
    stats.ended(1_000);
    stats.ended(1_000);
  }
}
