package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A listener's address changes while the balancer runs: to another address on the same port, and to
 * one that cannot be had, where the old one stays open and the status says why.
 */
class ListenerMoveIT {

  @Test
  void aListenerMovesOrStaysWhereItIs(@TempDir Path directory) throws Exception {
    int port = Peers.freePort();
    try (Server server = Server.acking();
        Server occupant = Server.acking();
        Balancer balancer =
            Balancer.start(directory, toml("127.0.0.1:" + port, "default", server.port()))) {
      balancer.rewrite(toml("0.0.0.0:" + port, "default", server.port()));
      await().atMost(15, SECONDS).until(() -> address(balancer).equals("0.0.0.0:" + port));
      await().ignoreExceptions().atMost(5, SECONDS).until(() -> answers(port));
      assertThat(error(balancer)).isNull();

      balancer.rewrite(toml("127.0.0.1:" + occupant.port(), "default", server.port()));
      await().atMost(15, SECONDS).until(() -> error(balancer) != null);
      assertThat(error(balancer))
          .contains("listener 'default': cannot listen on 127.0.0.1:" + occupant.port());
      assertThat(address(balancer)).isEqualTo("0.0.0.0:" + port);
      assertThat(answers(port)).isTrue();
      assertThat(balancer.admin().get("/metrics").body())
          .contains("loble_config_reloads_total{result=\"failure\"} 1.0");
    }
  }

  @Test
  void movingToAPoolOfTheSameEditTurnsNobodyAway(@TempDir Path directory) throws Exception {
    try (Server server = Server.acking();
        Balancer balancer =
            Balancer.start(directory, toml("127.0.0.1:0", "pool-0", server.port()));
        Traffic traffic = new Traffic(balancer.port())) {
      for (int i = 1; i <= 5; i++) {
        String pool = "pool-" + i;
        balancer.rewrite(toml("127.0.0.1:0", pool, server.port()));
        await().atMost(10, SECONDS).until(() -> listener(balancer).getString("pool").equals(pool));
      }
      assertThat(traffic.failures()).isEmpty();
      assertThat(traffic.answered()).isPositive();
    }
  }

  private static String toml(String address, String pool, int backend) {
    return """
        [admin]
        address = "127.0.0.1:0"
        [timeouts]
        drain = "1s"
        [[listeners]]
        name = "default"
        address = "%s"
        pool = "%s"
        [[pools.%s.backends]]
        address = "127.0.0.1:%d"
        """
        .formatted(address, pool, pool, backend);
  }

  private static JsonObject listener(Balancer balancer) {
    return balancer.admin().status().getJsonArray("listeners").getJsonObject(0);
  }

  private static String address(Balancer balancer) {
    return balancer.admin().status().getJsonArray("listeners").isEmpty()
        ? ""
        : listener(balancer).getString("address");
  }

  private static String error(Balancer balancer) {
    return balancer.admin().status().getJsonObject("config").getString("error");
  }

  private static boolean answers(int port) throws Exception {
    Ask.forAck(port);
    return true;
  }
}
