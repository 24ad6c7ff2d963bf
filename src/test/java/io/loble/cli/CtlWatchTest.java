package io.loble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The live view. */
class CtlWatchTest {

  private static final String REQUEST = "GET /api/v1/status";
  private static final String UNKNOWN = "-  +-  +-  +-";

  /** Two looks may follow each other within a microsecond: every unit may come out of it. */
  private static final String RATES = "[1-9]\\S*  +0  +[1-9]\\S*[KMGTPE]  +[1-9]\\S*[KMGTPE]";

  private FakeAdmin admin;

  @BeforeEach
  void start() {
    admin = FakeAdmin.start();
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  @Test
  void ratesFromTheSecondLookOn() {
    admin.answer(REQUEST, status(1_000, "healthy")).answer(REQUEST, status(2_000, "unhealthy"));
    Ctl.Answer answer = Ctl.run(admin, "watch", "--interval", "1ms", "--count", "2");
    assertThat(answer.code()).isZero();
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out())
        .contains("listener  address    pool     active  accepted/s  rejected/s\n")
        .contains("pool default, rr\n")
        .containsPattern("\na +1  healthy +7  +" + UNKNOWN + "\n")
        .containsPattern("\na +1  unhealthy +7  +" + RATES + "\n")
        .doesNotContain("\u001b");
    assertThat(admin.received()).hasSize(2);
  }

  @Test
  void sourcesThatNameNoBackendsAreBesideTheirPool() {
    admin.answer(
        REQUEST,
        """
        {"id": "lb", "config": {}, "listeners": [], "pools": [
          {"name": "db", "algorithm": "rr", "backends": [], "discovery": [
            {"source": "file", "state": "not_found"}, {"source": "srv", "state": "ok"},
            {"source": "dns", "state": "empty"}]},
          {"name": "web", "algorithm": "rr", "backends": [], "discovery": []}]}
        """);
    assertThat(Ctl.run(admin, "watch", "--count", "1").out())
        .contains("\npool db, rr, no backends, file: not found, dns: empty\n")
        .contains("\npool web, rr, no backends\n");
  }

  @Test
  void longNamesFit80Columns() {
    admin.answer(REQUEST, longNames());
    Ctl.Answer answer = Ctl.run(admin, "watch", "--count", "1");
    assertThat(answer.out().lines()).hasSizeGreaterThan(9).allMatch(line -> line.length() <= 80);
    assertThat(answer.out())
        .containsPattern("\nfrank\\S*…\\S*ample +1  down, drain +\\d+d +12345 ")
        .containsPattern("\nthe file was refused: .*\\R.*no such key\n");
    assertThat(Ctl.run(admin, "watch", "--count", "1", "--width", "140").out())
        .contains("frankfurt-01.eu-central-1.db.example  ");
  }

  @Test
  void sorted() {
    admin.answer(REQUEST, longNames());
    assertOrder("configured", "10.0.0.9", "fr", "10.0.0.1");
    assertOrder("name", "10.0.0.1", "10.0.0.9", "fr");
    assertOrder("state", "fr", "10.0.0.9", "10.0.0.1");
    assertOrder("active", "fr", "10.0.0.1", "10.0.0.9");
  }

  private void assertOrder(String order, String... names) {
    String out = Ctl.run(admin, "watch", "--count", "1", "--sort", order).out();
    assertThat(out).containsSubsequence(Stream.of(names).map(n -> "\n" + n).toList());
  }

  @Test
  void anOrderThatThereIsNot() {
    Ctl.Answer answer = Ctl.run(admin, "watch", "--sort", "size");
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("configured, name, state");
  }

  private static String longNames() {
    return """
        {"id": "lb-1.eu-central-1.example", "version": "0.1.0", "uptime_ms": 7500000,
         "transport": "epoll", "snapshot_version": 12000, "draining": true,
         "config": {"version": 300, "loaded_at": "2026-01-02T03:04:05.678Z",
           "error": "/etc/loble/conf/loble.toml:1234:5: pools.postgres.backends[12].wieght: no such key",
           "file": "/etc/loble/conf/loble.toml", "differs": [{"text": "x"}]},
         "listeners": [{"name": "postgres-through-the-front-door",
           "address": "[2001:db8:1234:5678:9abc:def0:1234:5678]:5432",
           "pool": "postgres-frankfurt-primary", "active": 12345, "accepted": 1, "rejected": 2}],
         "pools": [{"name": "postgres-frankfurt-primary", "algorithm": "least_connections",
           "backends": [
             {"name": "10.0.0.9:5432", "address": "10.0.0.9:5432", "state": "draining",
              "mode": "drain", "since": "2026-01-02T03:04:05Z", "active": 1},
             {"name": "frankfurt-01.eu-central-1.db.example", "address": "10.0.0.7:5432",
              "state": "unhealthy", "mode": "drain", "since": "2026-01-02T03:04:05Z",
              "active": 12345, "total": 10000000, "bytes_to_client": 1},
             {"name": "10.0.0.1:5432", "address": "10.0.0.1:5432", "state": "healthy",
              "active": 2}]}]}
        """;
  }

  @Test
  void aBalancerThatWasStartedAgain() {
    admin.answer(REQUEST, status(2_000, "healthy")).answer(REQUEST, status(1_000, "healthy"));
    Ctl.Answer answer = Ctl.run(admin, "watch", "--interval", "1ms", "--count", "2");
    assertThat(Pattern.compile("healthy +7  +-  +0  +-  +-\n").matcher(answer.out()).results())
        .hasSize(1);
  }

  @Test
  void aBalancerThatIsAwayForAWhile() {
    JsonObject stopping = new JsonObject().put("detail", "the process is stopping");
    admin
        .answer(REQUEST, status(1_000, "healthy"))
        .problem(REQUEST, 503, stopping)
        .answer(REQUEST, status(2_000, "healthy"));
    Ctl.Answer answer = Ctl.run(admin, "watch", "--interval", "1ms", "--count", "3");
    assertThat(answer.code()).isZero();
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out())
        .containsSubsequence("healthy", "the process is stopping\n(trying again)\n\n", "healthy")
        .containsPattern("healthy +7  +" + RATES + "\n");
  }

  @Test
  void nobodyThere() {
    String address = admin.address();
    admin.close();
    Ctl.Answer answer = Ctl.bare("watch", "--admin", address, "--interval", "1ms", "--count", "2");
    assertThat(answer.code()).isZero();
    assertThat(answer.out()).containsSubsequence("cannot reach", "cannot reach", "(trying again)");
  }

  @Test
  void lookingAgainIsNoUse() {
    admin.problem(REQUEST, 403, new JsonObject().put("detail", "not you"));
    assertThat(Ctl.run(admin, "watch")).isEqualTo(new Ctl.Answer(1, "", "not you\n"));
  }

  @Test
  void inPlaceOnATerminal() {
    admin.answer(REQUEST, status(1_000, "healthy"));
    String out = Ctl.runOnTerminal(admin, "watch", "--interval", "1ms", "--count", "2").out();
    assertThat(out)
        .startsWith("\u001b[Hlb-1: ")
        .containsSubsequence("\u001b[32mhealthy\u001b[0m", "\u001b[J\u001b[H", "\u001b[32mhealthy")
        .endsWith("\u001b[K\n\u001b[J")
        .doesNotContainPattern("[^K]\n");
  }

  @Test
  void plainOnATerminal() {
    admin.answer(REQUEST, status(1_000, "healthy"));
    assertThat(Ctl.runOnTerminal(admin, "watch", "--plain", "--count", "1").out())
        .startsWith("lb-1: ")
        .doesNotContain("\u001b");
  }

  @Test
  void endsWhenNobodyReadsAnyMore() {
    admin.answer(REQUEST, status(1_000, "healthy"));
    assertThat(Ctl.runUnheard(admin, "watch")).isZero();
    assertThat(admin.received()).hasSize(1);
  }

  @Test
  void json() {
    admin
        .answer(REQUEST, status(1, "healthy"))
        .problem(REQUEST, 503, new JsonObject().put("detail", "stopping"));
    assertThat(Ctl.run(admin, "watch", "--json", "--interval", "1ms", "--count", "2").out())
        .isEqualTo(status(1, "healthy") + "\n{\"error\":\"stopping\"}\n");
  }

  private static String status(long count, String state) {
    JsonObject listener =
        new JsonObject()
            .put("name", "default")
            .put("address", "[::]:9000")
            .put("pool", "default")
            .put("accepted", count);
    JsonObject backend =
        new JsonObject()
            .put("name", "a")
            .put("address", "a")
            .put("state", state)
            .put("active", 7)
            .put("total", count)
            .put("bytes_to_backend", count * 1_000_000)
            .put("bytes_to_client", count * 2_000_000);
    JsonObject pool =
        new JsonObject()
            .put("name", "default")
            .put("algorithm", "rr")
            .put("backends", new JsonArray().add(backend));
    return new JsonObject()
        .put("id", "lb-1")
        .put("listeners", new JsonArray().add(listener))
        .put("pools", new JsonArray().add(pool))
        .encode();
  }
}
