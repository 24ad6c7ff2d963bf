package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quiet connections of a backend with more than its share are closed, bit by bit. */
class RebalanceIT {

  /** Echoes everything but a question, which it leaves unanswered. */
  private static final Server.Script HARD_OF_HEARING =
      socket -> {
        for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
          if (c != '?') {
            socket.getOutputStream().write(c);
          }
        }
      };

  @Test
  void quietConnectionsOfAnOverloadedBackendAreClosed(@TempDir Path directory) throws Exception {
    try (Server a = Server.start(HARD_OF_HEARING);
        Server b = Server.start(HARD_OF_HEARING);
        Balancer balancer =
            Balancer.start(directory, Balancer.toml(Balancer.backend("a", a.port())))) {
      List<Held> quiet = Held.open(balancer.port(), 20);
      List<Held> waiting = Held.open(balancer.port(), 10);
      for (Held client : waiting) {
        client.say('?');
      }
      waiting.forEach(Held::watched);
      quiet.forEach(Held::watched);
      String backend = "{\"name\":\"b\",\"address\":\"127.0.0.1:" + b.port() + "\"}";
      balancer.admin().command(201, "POST", "pools/default/backends", backend);

      JsonObject planned =
          balancer
              .admin()
              .command(
                  202,
                  "POST",
                  "pools/default/rebalance",
                  "{\"percent\":40,\"over\":\"1s\",\"idle\":\"100ms\"}");
      assertThat(planned.getInteger("closing")).isEqualTo(12);
      await().atMost(20, SECONDS).until(() -> ended(quiet) == 12);
      await()
          .during(1, SECONDS)
          .atMost(2, SECONDS)
          .until(() -> ended(quiet) == 12 && ended(waiting) == 0);

      balancer.admin().command(202, "POST", "pools/default/rebalance", "{\"over\":\"0s\"}");
      await()
          .atMost(20, SECONDS)
          .until(() -> balancer.admin().backend("a").getInteger("active") == 10);
      assertThat(ended(waiting)).as("those that are owed an answer").isZero();
      quiet.forEach(Held::close);
      waiting.forEach(Held::close);
    }
  }

  private static long ended(List<Held> clients) {
    return clients.stream().filter(Held::hasEnded).count();
  }
}
