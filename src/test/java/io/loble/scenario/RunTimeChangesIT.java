package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands change and what the file says live together; plans come true; versions return. */
class RunTimeChangesIT {

  @Test
  void theFileWinsOverACommandWhereItChanges(@TempDir Path directory) throws Exception {
    try (Balancer balancer = Balancer.start(directory, file(1, 1))) {
      Admin admin = balancer.admin();
      admin.command(200, "PATCH", "pools/default/backends/a", "{\"weight\":7}");
      assertThat(differs(admin)).containsExactly("~ pool default: backend a: weight 1 -> 7");

      balancer.rewrite(file(1, 5));
      await().atMost(10, SECONDS).until(() -> weight(admin, "b") == 5);
      assertThat(weight(admin, "a")).as("the file did not change it").isEqualTo(7);

      balancer.rewrite(file(2, 5));
      await().atMost(10, SECONDS).until(() -> weight(admin, "a") == 2);
      assertThat(differs(admin)).isEmpty();
    }
  }

  @Test
  void aPlanIsWhatTheReloadDoes(@TempDir Path directory) throws Exception {
    try (Server a = Server.echoing();
        Balancer balancer =
            Balancer.start(
                directory, Balancer.toml(Balancer.backend("a", a.port()), backend("b", 1)));
        Held client = Held.open(balancer.port())) {
      String next = Balancer.toml(backend("b", 3), backend("c", 1));
      JsonObject plan = balancer.admin().command(200, "POST", "config/plan", next);
      assertThat(texts(plan.getJsonArray("steps")))
          .containsExactly(
              "+ pool default: backend c at 127.0.0.1:3, weight 1",
              "- pool default: backend a at 127.0.0.1:" + a.port() + ", weight 1",
              "~ pool default: backend b: weight 1 -> 3");
      JsonObject removal = plan.getJsonArray("steps").getJsonObject(1);
      assertThat(removal.getString("connections")).isEqualTo("drained");
      assertThat(removal.getLong("count")).isEqualTo(1);
      assertThat(balancer.admin().status().getJsonObject("config").getLong("version")).isEqualTo(1);

      balancer.rewrite(next);
      await()
          .atMost(10, SECONDS)
          .until(() -> balancer.admin().status().getJsonObject("config").getLong("version") == 2);
      client.echo();
      JsonObject versions = balancer.admin().command(200, "POST", "config/rollback", "");
      assertThat(versions.getLong("version")).isEqualTo(3);
      assertThat(balancer.admin().backend("a").getString("mode")).isEqualTo("ready");
      client.echo();
      assertThat(differs(balancer.admin())).hasSize(4);
    }
  }

  @Test
  void aFileThatCannotBeUsedIsRefusedWithLineAndColumn(@TempDir Path directory) throws Exception {
    try (Balancer balancer = Balancer.start(directory, file(1, 1))) {
      String broken = file(1, 1) + "weight = 900\n";
      JsonObject problem = balancer.admin().command(422, "POST", "config/plan", broken);
      JsonObject error = problem.getJsonArray("errors").getJsonObject(0);
      assertThat(error.getInteger("line")).isPositive();
      assertThat(error.getInteger("column")).isPositive();
      balancer.rewrite(broken);
      await()
          .atMost(10, SECONDS)
          .until(
              () -> balancer.admin().status().getJsonObject("config").getString("error") != null);
      balancer.admin().command(422, "POST", "config/reload", "");
      assertThat(balancer.admin().get("/metrics").body())
          .contains("loble_config_reloads_total{result=\"failure\"} 1.0");
      assertThat(weight(balancer.admin(), "b")).isEqualTo(1);
    }
  }

  @Test
  void timeoutsAndLimitsHoldAtOnceForOpenConnectionsToo(@TempDir Path directory) throws Exception {
    try (Server a = Server.echoing();
        Balancer balancer =
            Balancer.start(directory, Balancer.toml(Balancer.backend("a", a.port())));
        Held before = Held.open(balancer.port())) {
      before.watched();
      balancer.rewrite(
          Balancer.toml(
              "[timeouts]\nidle = \"1s\"\n[limits]\nmax_connections = 1",
              Balancer.backend("a", a.port())));
      before.endNanos();
      try (Held only = Held.open(balancer.port())) {
        assertThatThrownBy(() -> readFromNew(balancer.port())).isInstanceOf(IOException.class);
        only.echo();
      }
    }
  }

  @Test
  void poolsAndListenersComeAndGo(@TempDir Path directory) throws Exception {
    try (Server a = Server.acking();
        Balancer balancer = Balancer.start(directory, file(1, 1))) {
      Admin admin = balancer.admin();
      String pool =
          """
          {"name":"late","algorithm":"lc","backends":[{"name":"x","address":"127.0.0.1:%d"}]}"""
              .formatted(a.port());
      assertThat(admin.command(201, "POST", "pools", pool).getString("algorithm"))
          .isEqualTo("least_connections");
      admin.command(409, "POST", "pools", pool);
      JsonObject listener =
          admin.command(
              201,
              "POST",
              "listeners",
              "{\"name\":\"late\",\"address\":\"127.0.0.1:0\",\"pool\":\"late\"}");
      String address = listener.getString("address");
      Ask.forAck(Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
      admin.command(409, "DELETE", "pools/late", "");
      admin.command(
          409, "POST", "listeners", "{\"name\":\"m\",\"address\":\"%s\"}".formatted(address));
      admin.command(202, "DELETE", "listeners/late", "");
      admin.command(202, "DELETE", "pools/late", "");
      await().atMost(5, SECONDS).until(() -> !admin.hasBackend("x"));
      admin.command(404, "GET", "pools/late", "");
      admin.command(409, "DELETE", "listeners/default", "");
      assertThat(differs(admin)).isEmpty();
    }
  }

  @Test
  void aPoolThatIsAddedBeginsAsTheFileSaysOfAll(@TempDir Path directory) throws Exception {
    String all = "[balancer]\nalgorithm = \"random\"\n[health]\nfailure_threshold = 9\n";
    try (Balancer balancer = Balancer.start(directory, Balancer.toml(all, backend("a", 1)))) {
      JsonObject pool = balancer.admin().command(201, "POST", "pools", "{\"name\":\"late\"}");
      assertThat(pool.getString("algorithm")).isEqualTo("random");
      String toml = balancer.admin().command(200, "GET", "config", "").getString("toml");
      assertThat(toml.split("failure_threshold = 9", -1)).as("twice, once a pool").hasSize(3);
    }
  }

  private static int readFromNew(int port) throws IOException {
    try (Socket socket = Ask.connect(port)) {
      return socket.getInputStream().read();
    }
  }

  private static String file(int weightOfA, int weightOfB) {
    return Balancer.toml(backend("a", weightOfA), backend("b", weightOfB));
  }

  /** A backend of which nothing is wanted but its settings. */
  private static String backend(String name, int weight) {
    return Balancer.backend(name, name.charAt(0) - 'a' + 1, weight);
  }

  private static int weight(Admin admin, String backend) {
    return admin.backend(backend).getInteger("weight");
  }

  private static List<String> differs(Admin admin) {
    return texts(admin.status().getJsonObject("config").getJsonArray("differs"));
  }

  private static List<String> texts(JsonArray steps) {
    return steps.stream().map(step -> ((JsonObject) step).getString("text")).toList();
  }
}
