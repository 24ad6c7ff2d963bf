package io.loble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The status as it is printed. */
class CtlStatusTest {

  private static final String REQUEST = "GET /api/v1/status";

  private static final JsonObject STATUS =
      new JsonObject(
          """
          {"id": "lb-1", "version": "0.1.0", "uptime_ms": 7500000, "transport": "epoll",
           "draining": true, "snapshot_version": 12,
           "config": {"version": 3, "loaded_at": "2026-01-02T03:04:05Z", "error": "x.toml:1:1: no",
             "file": "conf/loble.toml",
             "differs": [{"text": "backend c of pool blue is added"}, {"text": "weight of a: 3"}]},
           "listeners": [
             {"name": "default", "address": "0.0.0.0:9000", "pool": "default",
              "active": 12, "accepted": 123456, "rejected": 0},
             {"name": "pg", "address": "[::]:5432", "pool": "blue",
              "active": 0, "accepted": 9, "rejected": 17}],
           "pools": [
             {"name": "default", "algorithm": "round_robin", "backends": [
               {"name": "10.0.0.1:8080", "address": "10.0.0.1:8080", "weight": 10,
                "state": "healthy", "mode": "ready", "since": "2026-01-02T03:04:06.789Z",
                "why": null, "active": 12, "total": 34567, "failures": 1,
                "bytes_to_backend": 1023, "bytes_to_client": 1048576},
               {"name": "b", "address": "10.0.0.2:8080", "weight": 1, "state": "draining",
                "mode": "leaving", "since": "2026-01-02T03:04:07Z", "active": 0, "total": 3, "failures": 0,
                "bytes_to_backend": 1536, "bytes_to_client": 5000000000}]},
             {"name": "blue", "algorithm": "least_connections", "backends": [
               {"name": "c:1", "address": "c:1", "weight": 1, "state": "unhealthy",
                "since": "2026-01-02T03:04:08.1Z", "why": "connection refused",
                "active": 0, "total": 0, "failures": 3,
                "bytes_to_backend": 0, "bytes_to_client": 0}]},
             {"name": "green", "algorithm": "random", "backends": []}]}
          """);

  private FakeAdmin admin;

  @BeforeEach
  void start() {
    admin = FakeAdmin.start().answer(REQUEST, STATUS.encode());
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  @Test
  void tables() {
    assertThat(Ctl.run(admin, "status"))
        .isEqualTo(
            new Ctl.Answer(
                0,
                """
                lb-1: loble 0.1.0, up 2h 5m, transport epoll, snapshot 12, configuration 3 of 2026-01-02T03:04:05Z, draining
                the file was refused: x.toml:1:1: no
                changed since, and not in conf/loble.toml:
                  backend c of pool blue is added
                  weight of a: 3

                listener  address       pool     active  accepted  rejected
                default   0.0.0.0:9000  default      12    123456         0
                pg        [::]:5432     blue          0         9        17

                pool default, round_robin
                backend        address        weight  state               since                 active  total  failures  to backend  to client  why
                10.0.0.1:8080                     10  healthy             2026-01-02T03:04:06Z      12  34567         1     1.0 KiB    1.0 MiB
                b              10.0.0.2:8080       1  draining (leaving)  2026-01-02T03:04:07Z       0      3         0     1.5 KiB    4.7 GiB  being removed by the operator

                pool blue, least_connections
                backend  weight  state      since                 active  total  failures  to backend  to client  why
                c:1           1  unhealthy  2026-01-02T03:04:08Z       0      0         3         0 B        0 B  connection refused

                pool green, random, no backends
                """,
                ""));
  }

  @Test
  void whatBackendsAreFoundByIsShownWherePoolsFindAny() {
    JsonObject status =
        new JsonObject(
            """
            {"id": "lb-1", "config": {}, "listeners": [],
             "pools": [
               {"name": "db", "algorithm": "random",
                "discovery": [
                  {"source": "file", "of": "t.json", "state": "not_found", "detail": "no such file",
                   "backends": 0, "since": "2026-01-02T03:04:05.678Z", "answered_at": null},
                  {"source": "srv", "of": "_pg._tcp.db", "state": "failed", "detail": "no answer",
                   "backends": 2, "since": "2026-01-02T03:04:05.678Z",
                   "answered_at": "2026-01-02T03:04:04.5Z"},
                  {"source": "dns", "of": "db:5432", "state": "ok", "detail": null,
                   "backends": 1, "since": "2026-01-02T03:04:05.678Z",
                   "answered_at": "2026-01-02T03:04:05.678Z"}],
                "backends": [
                  {"name": "a:1", "address": "a:1", "state": "healthy", "source": "configuration"},
                  {"name": "b:1", "address": "b:1", "state": "healthy", "source": "dns"},
                  {"name": "c:1", "address": "c:1", "state": "draining", "mode": "leaving",
                   "source": "srv"}]}]}
            """);
    try (FakeAdmin other = FakeAdmin.start().answer(REQUEST, status.encode())) {
      assertThat(Ctl.run(other, "status").out())
          .contains(
              """

              file t.json of pool db: not found since 2026-01-02T03:04:05Z (no such file), no backends
              srv _pg._tcp.db of pool db: failed since 2026-01-02T03:04:05Z (no answer), in use: 2 backends of 2026-01-02T03:04:04Z
              dns db:5432 of pool db: ok since 2026-01-02T03:04:05Z, 1 backend

              pool db, random
              backend  source  weight  state               active  total  failures  to backend  to client  why
              a:1                   1  healthy                  0      0         0         0 B        0 B
              b:1      dns          1  healthy                  0      0         0         0 B        0 B
              c:1      srv          1  draining (leaving)       0      0         0         0 B        0 B  not named by srv any more
              """);
    }
  }

  @Test
  void requestsAreShownWhereTheyAreBalanced() {
    JsonObject status =
        new JsonObject(
            """
            {"id": "lb-1", "config": {},
             "listeners": [
               {"name": "edge", "address": "0.0.0.0:80", "pool": "web", "requests":
                 {"total": 9, "codes": {"2xx": 6, "3xx": 0, "5xx": 2, "none": 1},
                  "ms": {"p50": 0.5, "p99": 12.25, "sum": 20.0}}},
               {"name": "pg", "address": "0.0.0.0:5432", "pool": "db", "requests": null}],
             "pools": [
               {"name": "web", "algorithm": "random",
                "requests": {"total": 0, "codes": {}, "ms": {"p50": null, "p99": null, "sum": 0.0}},
                "backends": [{"name": "a:1", "address": "a:1", "state": "healthy",
                  "requests": {"total": 8, "codes": {"2xx": 6, "5xx": 2}}}]},
               {"name": "db", "algorithm": "random", "requests": null,
                "backends": [{"name": "b:1", "address": "b:1", "state": "healthy",
                  "requests": null}]}]}
            """);
    try (FakeAdmin other = FakeAdmin.start().answer(REQUEST, status.encode())) {
      assertThat(Ctl.run(other, "status").out())
          .contains(
              """

              requests of listener edge: 9 (2xx 6, 5xx 2, no status 1), half within 0.5 ms, 99 % within 12.3 ms
              requests of pool web: 0

              pool web, random
              backend  weight  state    active  total  failures  to backend  to client  requests  5xx
              a:1           1  healthy       0      0         0         0 B        0 B         8    2

              pool db, random
              backend  weight  state    active  total  failures  to backend  to client
              b:1           1  healthy       0      0         0         0 B        0 B
              """);
    }
  }

  @Test
  void json() {
    Ctl.Answer before = Ctl.run(admin, "--json", "status");
    assertThat(before.out()).isEqualTo(STATUS.encodePrettily() + "\n");
    assertThat(Ctl.run(admin, "status", "--json")).isEqualTo(before);
  }

  @Test
  void colours() {
    assertThat(Ctl.runOnTerminal(admin, "status").out())
        .contains("  \u001b[32mhealthy\u001b[0m             2026-01-02T03:04:06Z      12  34567")
        .contains("\u001b[33mdraining (leaving)\u001b[0m", "\u001b[31munhealthy\u001b[0m");
  }

  @Test
  void ofAnOlderBalancer() {
    JsonObject older = STATUS.copy();
    older.getJsonObject("config").putNull("error").remove("differs");
    try (FakeAdmin other = FakeAdmin.start().answer(REQUEST, older.encode())) {
      assertThat(Ctl.run(other, "status").out())
          .startsWith("lb-1: loble 0.1.0")
          .contains("draining\n\nlistener ");
    }
  }
}
