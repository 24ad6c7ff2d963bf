package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is broken while the balancer runs changes nothing, and is told of everywhere. */
class BrokenReloadIT {

  @Test
  void aBrokenFileChangesNothing(@TempDir Path directory) throws Exception {
    try (Server server = Server.acking()) {
      String good = Balancer.toml(Balancer.backend("b", server.port()));
      String bad = good.replace("weight = 1", "weight = 257").replace("\"b\"", "\"c\"");
      try (Balancer balancer = Balancer.start(directory, good);
          Traffic traffic = new Traffic(balancer.port())) {
        balancer.rewrite(bad);
        balancer.program().awaitOut("ERROR .*not reloaded, nothing changed:\nloble.toml:8:1: ");
        assertThat(error(balancer))
            .isEqualTo(
                "loble.toml:8:1: backends[0].weight: expected an integer from 0 to 256, found 257");
        assertThat(reloads(balancer, "failure")).isEqualTo("1");
        assertThat(balancer.admin().state("b")).isEqualTo("healthy");
        awaitAnswers(traffic);

        balancer.rewrite(good);
        await().atMost(10, SECONDS).until(() -> error(balancer) == null);
        assertThat(reloads(balancer, "failure")).isEqualTo("1");

        balancer.rewrite(good.replace("weight = 1", "weight = 2"));
        balancer.program().awaitOut("loble.toml reloaded: .*");
        assertThat(reloads(balancer, "success")).isEqualTo("1");
        assertThat(traffic.failures()).isEmpty();
      }
    }
  }

  private static @Nullable String error(Balancer balancer) {
    return balancer.admin().status().getJsonObject("config").getString("error");
  }

  private static String reloads(Balancer balancer, String result) {
    String series = "loble_config_reloads_total{result=\"" + result + "\"} ";
    return balancer
        .admin()
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(series))
        .map(line -> line.substring(series.length()).replaceFirst("\\.0$", ""))
        .findFirst()
        .orElse("missing");
  }

  private static void awaitAnswers(Traffic traffic) {
    int before = traffic.answered();
    await().atMost(20, SECONDS).until(() -> traffic.answered() > before + 200);
  }
}
