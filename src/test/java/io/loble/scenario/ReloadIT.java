package io.loble.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backends and weights are changed in the file while clients are served: none of them notices. */
class ReloadIT {

  @Test
  void changesTakeEffectWithoutAFailure(@TempDir Path directory) throws Exception {
    try (Server a = Server.acking();
        Server b = Server.acking();
        Server c = Server.acking();
        Balancer balancer = Balancer.start(directory, file(entry("a", a, 1), entry("b", b, 1)));
        Traffic traffic = new Traffic(balancer.port())) {
      awaitShares(a, b, 1);
      balancer.rewrite(file(entry("a", a, 1), entry("b", b, 3)));
      awaitShares(a, b, 3);

      balancer.rewrite(file(entry("a", a, 1), entry("b", b, 3), entry("c", c, 3)));
      awaitShares(a, c, 3);

      balancer.rewrite(file(entry("b", b, 3), entry("c", c, 3)));
      awaitNoMore(a, traffic);
      awaitShares(b, c, 1);

      assertThat(traffic.failures()).isEmpty();
      assertThat(balancer.admin().status().getJsonObject("config").getLong("version"))
          .as("one start, three reloads")
          .isEqualTo(4);
    }
  }

  private static String file(String... backends) {
    return Balancer.toml(backends);
  }

  private static String entry(String name, Server server, int weight) {
    return Balancer.backend(name, server.port(), weight);
  }

  /** Waits until, from one look to the next, one gets that many times what the other gets. */
  private static void awaitShares(Server one, Server other, int times) {
    await().atMost(20, SECONDS).until(() -> Math.abs(ratio(one, other) - times) < 0.3);
  }

  private static double ratio(Server one, Server other) {
    int oneBefore = one.served();
    int otherBefore = other.served();
    int enough = oneBefore + otherBefore + 200;
    await().atMost(20, SECONDS).until(() -> one.served() + other.served() > enough);
    return (double) (other.served() - otherBefore) / Math.max(1, one.served() - oneBefore);
  }

  /** Waits until a server stays without a connection while hundreds are served. */
  private static void awaitNoMore(Server server, Traffic traffic) {
    await()
        .atMost(20, SECONDS)
        .until(
            () -> {
              int served = server.served();
              int answered = traffic.answered();
              await().atMost(20, SECONDS).until(() -> traffic.answered() > answered + 200);
              return server.served() == served;
            });
  }
}
