package io.loble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each command sends, and what it says of the answer. */
class CtlCommandsTest {

  private static final String BACKEND =
      "{'name':'10.0.0.4:8080','address':'10.0.0.4:8080','weight':5,'state':'healthy',"
          + "'mode':'ready','active':12,'total':20,'pool':'default'}";
  private static final String DRAINING =
      BACKEND.replace("'healthy'", "'draining'").replace("'ready'", "'drain'");
  private static final String LEAVING = DRAINING.replace("'drain'", "'leaving'");
  private static final String POOL =
      "{'name':'blue','algorithm':'least_connections','backends':[" + BACKEND + "]}";
  private static final String LISTENER =
      "{'name':'pg','address':'0.0.0.0:5432','pool':'blue','active':3,'accepted':9,'rejected':0}";
  private static final String STEPS =
      "{'version':7,'changed':true,'steps':["
          + "{'text':'backend b of pool blue is removed','connections':'drained','count':12},"
          + "{'text':'timeouts.idle: 5m, was 10m','connections':'cut','count':null},"
          + "{'text':'logging.level: info','connections':'none','count':0}]}";
  private static final String STEPS_SAID =
      """
      backend b of pool blue is removed  connections: 12 drained
      timeouts.idle: 5m, was 10m         connections: those over it cut
      logging.level: info                connections: none
      """;
  private static final String NO_STEPS = "{'version':7,'changed':false,'steps':[]}";
  private static final String REBALANCE =
      "{'pool':'default','over_ms':60000,'closing':30,'backends':["
          + "{'name':'a','active':80,'share':50,'closing':30},"
          + "{'name':'b','active':20,'share':50,'closing':0}]}";

  private FakeAdmin admin;

  @BeforeEach
  void start() {
    admin = FakeAdmin.start();
    answer(
        "GET /api/v1/pools",
        "[{'name':'default','backends':[" + BACKEND + "]},{'name':'blue','backends':[]}]");
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  static Stream<Arguments> changes() {
    String backend = "/api/v1/pools/default/backends/10.0.0.4%3A8080";
    String healthy = "backend 10.0.0.4:8080 of pool default: weight 5, healthy, 12 active\n";
    String leaving =
        "backend 10.0.0.4:8080 of pool default: weight 5, draining (leaving), 12 active\n";
    String pool = "pool blue: least_connections, 1 backend, 12 active\n";
    String listener = "listener pg on 0.0.0.0:5432 to pool blue: 3 active\n";
    return Stream.of(
        Arguments.of(
            "add 10.0.0.4:8080",
            "POST /api/v1/pools/default/backends",
            "{'address':'10.0.0.4:8080'}",
            BACKEND,
            healthy),
        Arguments.of(
            "add 10.0.0.4:8080 weight=3 pool=a/b name=x max_connections=9 state=drain",
            "POST /api/v1/pools/a%2Fb/backends",
            "{'address':'10.0.0.4:8080','weight':3,'name':'x','max_connections':9,"
                + "'state':'drain'}",
            BACKEND,
            healthy.replace("default", "a/b")),
        Arguments.of("rm 10.0.0.4:8080", "DELETE " + backend, "", LEAVING, leaving),
        Arguments.of(
            "rm 10.0.0.4:8080 timeout=30s",
            "DELETE " + backend + "?timeout=30s",
            "",
            LEAVING,
            leaving),
        Arguments.of(
            "drain 10.0.0.4:8080",
            "PATCH " + backend,
            "{'state':'drain'}",
            DRAINING,
            leaving.replace("leaving", "drain")),
        Arguments.of(
            "drain x pool=blue timeout=1m30s",
            "PATCH /api/v1/pools/blue/backends/x",
            "{'timeout':'1m30s','state':'drain'}",
            BACKEND,
            healthy.replace("default", "blue")),
        Arguments.of(
            "eject 10.0.0.4:8080 time=30s",
            "POST " + backend + "/eject",
            "{'time':'30s'}",
            BACKEND.replace("'healthy'", "'ejected'"),
            healthy.replace("healthy", "ejected")),
        Arguments.of(
            "readmit 10.0.0.4:8080", "POST " + backend + "/readmit", "{}", BACKEND, healthy),
        Arguments.of(
            "ready 10.0.0.4:8080", "PATCH " + backend, "{'state':'ready'}", BACKEND, healthy),
        Arguments.of(
            "maintenance 10.0.0.4:8080 timeout=5s",
            "PATCH " + backend,
            "{'timeout':'5s','state':'maintenance'}",
            BACKEND.replace("'healthy'", "'maintenance'").replace("'ready'", "'maintenance'"),
            healthy.replace("healthy", "maintenance")),
        Arguments.of(
            "weight 10.0.0.4:8080 5", "PATCH " + backend, "{'weight':5}", BACKEND, healthy),
        Arguments.of(
            "algo lc", "PUT /api/v1/pools/default/algorithm", "{'algorithm':'lc'}", POOL, pool),
        Arguments.of(
            "algo rr pool=blue",
            "PUT /api/v1/pools/blue/algorithm",
            "{'algorithm':'rr'}",
            POOL,
            pool),
        Arguments.of(
            "pool add blue algorithm=lc retries=2",
            "POST /api/v1/pools",
            "{'name':'blue','algorithm':'lc','retries':2}",
            POOL,
            pool),
        Arguments.of(
            "pool rm blue timeout=5s",
            "DELETE /api/v1/pools/blue?timeout=5s",
            "",
            POOL,
            "removed: " + pool),
        Arguments.of(
            "listener add pg 0.0.0.0:5432 pool=blue",
            "POST /api/v1/listeners",
            "{'name':'pg','address':'0.0.0.0:5432','pool':'blue'}",
            LISTENER,
            listener),
        Arguments.of(
            "listener add pg 0.0.0.0:5432",
            "POST /api/v1/listeners",
            "{'name':'pg','address':'0.0.0.0:5432'}",
            LISTENER,
            listener),
        Arguments.of(
            "listener add pg 0.0.0.0:5432 pool= v6only=true per_client.rate=2/s",
            "POST /api/v1/listeners",
            "{'name':'pg','address':'0.0.0.0:5432','pool':'','v6only':true,"
                + "'per_client':{'rate':'2/s'}}",
            LISTENER,
            listener),
        Arguments.of(
            "listener set pg rate=200/s",
            "PATCH /api/v1/listeners/pg",
            "{'rate':'200/s'}",
            LISTENER,
            listener),
        Arguments.of(
            "listener set a/b pool=blue allow=10.0.0.0/8,192.0.2.7 deny= rate= max_connections=9"
                + " per_client.max_connections=2 per_client.prefix4=24 tcp.keepalive=30s"
                + " routes=[{\"client\":[\"10.0.0.0/8\"],\"pool\":\"blue\"}]",
            "PATCH /api/v1/listeners/a%2Fb",
            "{'pool':'blue','allow':['10.0.0.0/8','192.0.2.7'],'deny':[],'rate':'',"
                + "'max_connections':9,'per_client':{'max_connections':2,'prefix4':24},"
                + "'tcp':{'keepalive':'30s'},"
                + "'routes':[{'client':['10.0.0.0/8'],'pool':'blue'}]}",
            LISTENER,
            listener),
        Arguments.of(
            "listener set pg tls.client_auth=require tls.client_ca=ca.pem tls.alpn=h2,http/1.1"
                + " tls.certificates=[{\"cert\":\"a.pem\",\"key\":\"a.key\"}] tls.strict_sni=true",
            "PATCH /api/v1/listeners/pg",
            "{'tls':{'client_auth':'require','client_ca':'ca.pem','alpn':['h2','http/1.1'],"
                + "'certificates':[{'cert':'a.pem','key':'a.key'}],'strict_sni':true}}",
            LISTENER,
            listener),
        Arguments.of(
            "listener add web 0.0.0.0:80 mode=http http.max_streams=50 http.compression=true"
                + " http.max_head=8KiB trusted_proxies=10.0.0.0/8",
            "POST /api/v1/listeners",
            "{'name':'web','address':'0.0.0.0:80','mode':'http','http':{'max_streams':50,"
                + "'compression':true,'max_head':'8KiB'},'trusted_proxies':['10.0.0.0/8']}",
            LISTENER,
            listener),
        Arguments.of(
            "listener rm pg", "DELETE /api/v1/listeners/pg", "", LISTENER, "removed: " + listener),
        Arguments.of(
            "reload", "POST /api/v1/config/reload", "{}", STEPS, STEPS_SAID + "version 7\n"),
        Arguments.of(
            "reload reset=true",
            "POST /api/v1/config/reload",
            "{'reset':true}",
            NO_STEPS,
            "nothing changed\nversion 7\n"),
        Arguments.of(
            "rollback", "POST /api/v1/config/rollback", "{}", STEPS, STEPS_SAID + "version 7\n"),
        Arguments.of(
            "rollback 4",
            "POST /api/v1/config/rollback",
            "{'version':4}",
            NO_STEPS,
            "nothing changed\nversion 7\n"),
        Arguments.of(
            "rebalance percent=50 over=60s idle=2s",
            "POST /api/v1/pools/default/rebalance",
            "{'percent':50,'over':'60s','idle':'2s'}",
            REBALANCE,
            """
            pool default: closing 30 connections over 1m
            backend  active  share  closing
            a            80     50       30
            b            20     50        0
            """));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChange(String line, String request, String body, String answer, String said) {
    answer(request, answer);
    String[] words = line.split(" ");
    Ctl.Answer answered = Ctl.run(admin, words);
    assertThat(answered).isEqualTo(new Ctl.Answer(0, said, ""));
    assertThat(admin.last()).hasToString((request + " " + json(body)).strip());
    assertThat(admin.last().header("Content-type"))
        .isEqualTo(body.isEmpty() ? "" : "application/json");
    assertThat(new JsonObject(Ctl.run(admin, with(words, "--json")).out()))
        .isEqualTo(new JsonObject(json(answer)));
  }

  @Test
  void thePoolIsLookedUpWithOneRequestAndOnlyWhereItIsNotGiven() {
    answer("PATCH /api/v1/pools/blue/backends/x", BACKEND);
    Ctl.run(admin, "ready", "x", "pool=blue");
    assertThat(admin.received()).hasSize(1);
    Ctl.run(admin, "ready", "10.0.0.4:8080");
    assertThat(admin.received()).hasSize(3);
  }

  @Test
  void aPlanOfAFile(@TempDir Path directory) throws IOException {
    answer("POST /api/v1/config/plan", STEPS);
    Path file = Files.writeString(directory.resolve("new.toml"), "[listener]\n# ü\n");
    Ctl.Answer plan = Ctl.run(admin, "plan", file.toString());
    assertThat(plan).isEqualTo(new Ctl.Answer(0, STEPS_SAID, ""));
    assertThat(admin.last().body()).isEqualTo("[listener]\n# ü\n");
    assertThat(admin.last().header("Content-type")).isEqualTo("application/toml");
  }

  @Test
  void aPlanOfTheInput() {
    answer("POST /api/v1/config/plan", NO_STEPS);
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream("[listener]".getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(Ctl.run(admin, "plan", "-"))
          .isEqualTo(new Ctl.Answer(0, "nothing would change\n", ""));
    } finally {
      System.setIn(before);
    }
    assertThat(admin.last().body()).isEqualTo("[listener]");
  }

  @Test
  void aPlanSaysWhichKeysHaveNoEffect(@TempDir Path directory) throws IOException {
    String hidden =
        "'hidden':[{'key':'listener.address','by':'environment LB_PORT'},"
            + "{'key':'backends','by':'-conf overrides.backends'}]}";
    String said =
        """
        listener.address has no effect: environment LB_PORT wins
        backends has no effect: -conf overrides.backends wins
        """;
    Path file = Files.writeString(directory.resolve("new.toml"), "[listener]\n");
    answer("POST /api/v1/config/plan", STEPS.replace("0}]}", "0}]," + hidden));
    assertThat(Ctl.run(admin, "plan", file.toString()))
        .isEqualTo(new Ctl.Answer(0, STEPS_SAID + said, ""));
  }

  @Test
  void aPlanOfAFileThatIsNotUtf8(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("new.toml");
    Files.writeString(file, "[listener]\n", StandardCharsets.UTF_16LE);
    assertThat(Ctl.run(admin, "plan", file.toString()))
        .isEqualTo(new Ctl.Answer(2, "", file + " is UTF-16 text; save it as UTF-8\n"));
    answer("POST /api/v1/config/plan", NO_STEPS);
    Files.writeString(file, "\uFEFF[listener]\n");
    assertThat(Ctl.run(admin, "plan", file.toString()).code()).isZero();
    assertThat(admin.last().body()).isEqualTo("[listener]\n");
  }

  @Test
  void aPlanOfNoFile() {
    assertThat(Ctl.run(admin, "plan", "nowhere.toml"))
        .isEqualTo(new Ctl.Answer(2, "", "nowhere.toml: no such file\n"));
    assertThat(admin.received()).isEmpty();
  }

  @Test
  void theConfiguration() {
    answer("GET /api/v1/config", "{'version':3,'toml':'[listener]\\nx = 1\\n','differs':[]}");
    assertThat(Ctl.run(admin, "config").out()).isEqualTo("[listener]\nx = 1\n");
    assertThat(new JsonObject(Ctl.run(admin, "config", "--json").out()).getInteger("version"))
        .isEqualTo(3);
  }

  @Test
  void versions() {
    answer(
        "GET /api/v1/config/versions",
        "[{'version':10,'at':'2026-01-02T03:04:05Z','who':'alice (http ::1)','what':'weight'},"
            + "{'version':9,'at':'2026-01-02T03:04:04Z','who':'file conf/loble.toml',"
            + "'what':'reload','changes':['weight of a: 5, was 3','b is added'],"
            + "'more_changes':7}]");
    assertThat(Ctl.run(admin, "versions").out())
        .isEqualTo(
            """
            version  at                    who                   what    changes
                 10  2026-01-02T03:04:05Z  alice (http ::1)      weight
                  9  2026-01-02T03:04:04Z  file conf/loble.toml  reload  weight of a: 5, was 3
                                                                         b is added
                                                                         and 7 more
            """);
    assertThat(Ctl.run(admin, "versions", "--json").out()).startsWith("[ {\n");
  }

  @Test
  void completion() {
    Ctl.Answer script = Ctl.bare("completion");
    assertThat(script.code()).isZero();
    assertThat(script.out())
        .startsWith("#!/usr/bin/env bash")
        .contains("complete -F _complete_loble", "rebalance", "--token-file")
        .endsWith("complete -F _loble_complete -o default loble\n");
  }

  private void answer(String request, String json) {
    admin.answer(request, json(json));
  }

  /** JSON in a string is easier to read with the other quotes. */
  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static String[] with(String[] words, String more) {
    return Stream.concat(Stream.of(words), List.of(more).stream()).toArray(String[]::new);
  }
}
