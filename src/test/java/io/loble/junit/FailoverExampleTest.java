package io.loble.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a team tests that its own client gets along with servers that fail. */
class FailoverExampleTest {

  @RegisterExtension final LobleExtension lb = LobleExtension.withServers(3);

  @Test
  void noRequestIsLostWhenAServerDies() throws TimeoutException {
    try (LineClient client = new LineClient(lb.address())) {
      askMany(client, 50);
      lb.server(0).kill();
      askMany(client, 50);
      lb.testbed()
          .await(
              Duration.ofSeconds(20), seen -> seen.backend("server-1").state().equals("unhealthy"));
      lb.server(0).start();
      lb.testbed()
          .await(
              Duration.ofSeconds(20), seen -> seen.backend("server-1").state().equals("healthy"));
      askMany(client, 50);
    }
  }

  @Test
  void flakyServersCostRetriesAndNothingElse() throws TimeoutException {
    lb.servers().forEach(server -> server.resetAfter(20));
    try (LineClient client = new LineClient(lb.address())) {
      askMany(client, 50);
      assertThat(client.retries()).isPositive();
    }
  }

  @Test
  void aStuckServerCostsATimeout() throws TimeoutException {
    lb.server("server-2").halfOpen(true);
    try (LineClient client = new LineClient(lb.address())) {
      askMany(client, 20);
    }
    assertThat(lb.stats().rejected()).isZero();
  }

  private static void askMany(LineClient client, int requests) throws TimeoutException {
    for (int i = 0; i < requests; i++) {
      assertThat(client.ask("PING " + i)).isEqualTo("PONG " + i);
    }
  }
}
