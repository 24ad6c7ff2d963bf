package io.loble.scenario;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.LongSummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backend that is removed gets no new connections; those it has may finish, and what is left when
 * the time is up is closed bit by bit.
 */
class RemovedBackendIT {

  private static final String A = "pools/default/backends/a";

  @Test
  void removedUnderLoadNothingIsCut(@TempDir Path directory) throws Exception {
    try (Server a = Server.acking();
        Server b = Server.acking();
        Balancer balancer = Balancer.start(directory, file(a, b));
        Traffic traffic = new Traffic(balancer.port())) {
      await().atMost(20, SECONDS).until(() -> a.served() > 50);
      JsonObject leaving = balancer.admin().command(202, "DELETE", A + "?timeout=10s", "");
      assertThat(leaving.getString("mode")).isEqualTo("leaving");
      assertThat(leaving.getString("state")).isEqualTo("draining");
      await().atMost(5, SECONDS).until(() -> !balancer.admin().hasBackend("a"));
      int served = a.served();
      int answered = traffic.answered();
      await().atMost(20, SECONDS).until(() -> traffic.answered() > answered + 200);
      assertThat(a.served()).isEqualTo(served);
      assertThat(traffic.failures()).isEmpty();
      balancer.admin().command(404, "DELETE", A, "");
    }
  }

  @Test
  void whatIsLeftIsClosedBitByBit(@TempDir Path directory) throws Exception {
    try (Server a = Server.echoing();
        Balancer balancer = Balancer.start(directory, file(a))) {
      List<Held> clients = Held.open(balancer.port(), 40);
      clients.forEach(Held::watched);
      balancer.admin().command(202, "DELETE", A + "?timeout=1h", "");
      assertThat(balancer.admin().backend("a").getInteger("active")).isEqualTo(40);
      long start = System.nanoTime();
      balancer.admin().command(202, "DELETE", A + "?timeout=2s", "");
      LongSummaryStatistics millis = new LongSummaryStatistics();
      for (Held client : clients) {
        millis.accept(NANOSECONDS.toMillis(client.endNanos() - start));
      }
      assertThat(millis.getMin()).as("the first").isGreaterThan(1_400);
      assertThat(millis.getMax()).as("the last").isLessThan(6_000);
      assertThat(millis.getMax() - millis.getMin()).as("from first to last").isGreaterThan(150);
      await().atMost(5, SECONDS).until(() -> !balancer.admin().hasBackend("a"));
      assertThat(balancer.admin().active()).isZero();
    }
  }

  @Test
  void addedAgainInTimeItKeepsItsConnections(@TempDir Path directory) throws Exception {
    try (Server a = Server.echoing();
        Balancer balancer = Balancer.start(directory, file(a));
        Held client = Held.open(balancer.port())) {
      balancer.admin().command(202, "DELETE", A + "?timeout=2s", "");
      String backend = "{\"name\":\"a\",\"address\":\"127.0.0.1:" + a.port() + "\"}";
      JsonObject again = balancer.admin().command(201, "POST", "pools/default/backends", backend);
      assertThat(again.getInteger("active")).isEqualTo(1);
      assertThat(again.getString("mode")).isEqualTo("ready");
      await().during(4, SECONDS).atMost(6, SECONDS).until(() -> echoes(client));
    }
  }

  @Test
  void removedFromTheFileItDrains(@TempDir Path directory) throws Exception {
    try (Server a = Server.echoing();
        Server b = Server.echoing();
        Balancer balancer = Balancer.start(directory, file(a));
        Held client = Held.open(balancer.port())) {
      client.watched();
      String other = Balancer.backend("b", b.port());
      long start = System.nanoTime();
      balancer.rewrite(Balancer.toml("[timeouts]\ndrain = \"1s\"", other));
      await().atMost(10, SECONDS).until(() -> balancer.admin().hasBackend("b"));
      assertThat(NANOSECONDS.toMillis(client.endNanos() - start)).isGreaterThan(700);
      await().atMost(5, SECONDS).until(() -> !balancer.admin().hasBackend("a"));
    }
  }

  @Test
  void aDrainedOneKeepsItsConnectionsAndComesBack(@TempDir Path directory) throws Exception {
    try (Server a = Server.echoing();
        Server b = Server.echoing();
        Balancer balancer = Balancer.start(directory, file(a, b));
        Held one = Held.open(balancer.port());
        Held two = Held.open(balancer.port())) {
      JsonObject drained = balancer.admin().command(200, "PATCH", A, "{\"state\":\"drain\"}");
      assertThat(drained.getString("state")).isEqualTo("draining");
      List<Held> more = Held.open(balancer.port(), 6);
      assertThat(balancer.admin().total("a")).isEqualTo(1);
      one.echo();
      two.echo();
      balancer.admin().command(200, "PATCH", A, "{\"state\":\"ready\"}");
      more.addAll(Held.open(balancer.port(), 6));
      assertThat(balancer.admin().total("a")).isEqualTo(4);
      more.forEach(Held::close);
    }
  }

  @Test
  void aDrainWithATimeoutClosesWhatIsLeftUnlessItEndsBefore(@TempDir Path directory)
      throws Exception {
    try (Server a = Server.echoing();
        Balancer balancer = Balancer.start(directory, file(a));
        Held client = Held.open(balancer.port())) {
      String drain = "{\"state\":\"drain\",\"timeout\":\"1s\"}";
      balancer.admin().command(200, "PATCH", A, drain);
      balancer.admin().command(200, "PATCH", A, "{\"state\":\"ready\"}");
      balancer.admin().command(200, "PATCH", A, drain);
      balancer.admin().command(200, "PATCH", A, "{\"state\":\"drain\"}");
      await().during(2, SECONDS).atMost(3, SECONDS).until(() -> echoes(client));
      client.watched();
      balancer.admin().command(200, "PATCH", A, drain);
      client.endNanos();
      await().atMost(5_000, MILLISECONDS).until(() -> balancer.admin().active() == 0);
      assertThat(balancer.admin().state("a")).isEqualTo("draining");
    }
  }

  private static boolean echoes(Held client) throws Exception {
    client.echo();
    return true;
  }

  private static String file(Server a) {
    return Balancer.toml(Balancer.backend("a", a.port()));
  }

  private static String file(Server a, Server b) {
    return Balancer.toml(Balancer.backend("a", a.port()), Balancer.backend("b", b.port()));
  }
}
