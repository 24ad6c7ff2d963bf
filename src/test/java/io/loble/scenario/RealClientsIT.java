package io.loble.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Servers and clients that everybody knows, with the balancer between them: one process serves all
 * three, each through a listener of its own. What comes through it is what comes without it.
 */
class RealClientsIT {

  private static final String LISTENER =
      """
      [[listeners]]
      name = "%1$s"
      address = "127.0.0.1:0"
      pool = "%1$s"
      [[pools.%1$s.backends]]
      name = "%1$s-1"
      address = "127.0.0.1:%2$d"
      [pools.%1$s.health.active]
      interval = "200ms"
      %3$s
      """;

  @Test
  void curlAndRedisCliAndPsql(@TempDir Path directory) throws Exception {
    Peers.path("curl");
    Peers.path("redis-cli");
    Peers.path("psql");
    try (Nginx nginx = Nginx.start(directory);
        Redis redis = Redis.start(directory);
        Postgres postgres = Postgres.start();
        Balancer balancer = Balancer.start(directory, toml(nginx, redis, postgres))) {
      webPagesAreWhole(directory, balancer.port("web"));
      redisTakesAPipeline(directory, balancer.port("redis"));
      resultsAreWhole(directory, postgres.port(), balancer.port("postgres"));
      allAreHealthy(balancer.admin());
    }
  }

  private static String toml(Nginx nginx, Redis redis, Postgres postgres) {
    String http = "type = \"http\"\npath = \"/nginx.conf\"\nstatus = 200";
    String ping = "type = \"expect\"\nsend = \"PING\\r\\n\"\nexpect = \"+PONG\"";
    return "[admin]\naddress = \"127.0.0.1:0\"\n"
        + LISTENER.formatted("web", nginx.port(), http)
        + LISTENER.formatted("redis", redis.port(), ping)
        + LISTENER.formatted("postgres", postgres.port(), "type = \"tcp\"");
  }

  private static void webPagesAreWhole(Path directory, int port) throws IOException {
    byte[] page = new byte[20_000_000];
    new Random(1).nextBytes(page);
    Path served = Files.write(directory.resolve("page"), page);
    Path got = directory.resolve("got");
    String url = "http://127.0.0.1:" + port + "/page";
    run(directory, Peers.path("curl"), "-sSf", "-o", got.toString(), url);
    assertThat(Files.mismatch(served, got)).as("first byte that differs").isEqualTo(-1);
    String codes =
        run(directory, Peers.path("curl"), "-sSI", "-w", "%{http_code}\n", url + "?[1-100]");
    assertThat(codes.lines().filter("200"::equals)).as("requests on one connection").hasSize(100);
  }

  private static void redisTakesAPipeline(Path directory, int port) throws IOException {
    String cli = Peers.path("redis-cli") + " -h 127.0.0.1 -p " + port;
    String inserts =
        IntStream.range(0, 50_000)
            .mapToObj(i -> "SET key:" + i + " value:" + i + "\r\n")
            .collect(Collectors.joining());
    Files.writeString(directory.resolve("inserts"), inserts);
    assertThat(run(directory, "sh", "-c", cli + " --pipe < inserts"))
        .contains("errors: 0, replies: 50000");
    assertThat(run(directory, "sh", "-c", cli + " DBSIZE")).contains("50000");
    assertThat(run(directory, "sh", "-c", cli + " GET key:49999")).contains("value:49999");
  }

  private static void resultsAreWhole(Path directory, int direct, int balanced) {
    String query = "select g, md5(g::text) from generate_series(1, 200000) g";
    String result = psql(directory, balanced, query);
    assertThat(result.lines()).hasSize(200_000);
    assertThat(result.equals(psql(directory, direct, query))).as("the same").isTrue();
    assertThat(psql(directory, balanced, "create table t(n int); insert into t values (7)"))
        .contains("INSERT 0 1");
    assertThat(psql(directory, balanced, "select n from t")).isEqualTo("7\n");
  }

  private static String psql(Path directory, int port, String query) {
    String database = "postgresql://loble@127.0.0.1:" + port + "/postgres";
    return run(directory, Peers.path("psql"), "-X", "-At", database, "-c", query);
  }

  private static void allAreHealthy(Admin admin) {
    for (String backend : List.of("web-1", "redis-1", "postgres-1")) {
      assertThat(admin.state(backend)).isEqualTo("healthy");
      assertThat(admin.total(backend)).isPositive();
    }
  }

  private static String run(Path directory, String... command) {
    return Program.run(directory, List.of(command));
  }
}
