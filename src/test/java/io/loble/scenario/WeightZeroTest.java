package io.loble.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.config.ConfigException;
import io.loble.model.Algorithm;
import io.loble.testbed.BackendFigures;
import io.loble.testbed.Testbed;
import io.loble.testbed.TestbedPlan;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A backend without weight gets no new clients; those it has go on. */
class WeightZeroTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int CLIENTS = 24;

  private static final String BALANCER =
      """
      {"health": {"failure_threshold": 1, "success_threshold": 1,
                  "active": {"interval": "100ms", "timeout": "1s"}}}
      """;

  private Testbed bed;

  @BeforeEach
  void start() throws ConfigException {
    bed = Testbed.start(TestbedPlan.of(2).withBalancer(new JsonObject(BALANCER)));
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @ParameterizedTest
  @EnumSource
  void newClientsGoToTheOthersAndOpenConnectionsStay(Algorithm algorithm) throws IOException {
    bed.weight("server-2", 0);
    bed.algorithm(algorithm.label());
    try (Socket held = new Socket(bed.address().host(), bed.address().port())) {
      ping(held);
      bed.weight("server-1", 0);
      bed.weight("server-2", 1);
      for (int i = 0; i < CLIENTS; i++) {
        try (Socket client = new Socket(bed.address().host(), bed.address().port())) {
          ping(client);
        }
      }
      ping(held);
      BackendFigures weightless = bed.stats().backend("server-1");
      assertThat(weightless.weight()).isZero();
      assertThat(weightless.state()).isEqualTo("healthy");
      assertThat(weightless.active()).isEqualTo(1);
      assertThat(weightless.total()).isEqualTo(1);
      assertThat(bed.stats().backend("server-2").total()).isEqualTo(CLIENTS);
    }
  }

  @Test
  void aPoolWithoutWeightTurnsClientsAwayAndSaysWhy() throws IOException {
    bed.weight("server-1", 0);
    bed.weight("server-2", 0);
    JsonObject said = Asked.of(bed.adminAddress(), "GET", "explain?client=10.0.0.7").body();
    assertThat(said.getString("rejected")).isEqualTo("no_backend");
    assertThat(said.getJsonArray("left_out").stream())
        .extracting(left -> ((JsonObject) left).getString("reason"))
        .containsOnly("no_weight");
    try (Socket client = new Socket(bed.address().host(), bed.address().port())) {
      assertThatThrownBy(() -> ping(client)).isInstanceOf(IOException.class);
    }
    bed.weight("server-2", 1);
    try (Socket client = new Socket(bed.address().host(), bed.address().port())) {
      ping(client);
    }
  }

  @Test
  void itsHealthIsWatchedAllTheSame() {
    bed.weight("server-1", 0);
    bed.server("server-1").kill();
    bed.await(SOON, figures -> figures.backend("server-1").state().equals("unhealthy"));
    bed.server("server-1").start();
    bed.await(SOON, figures -> figures.backend("server-1").state().equals("healthy"));
  }

  private static void ping(Socket socket) throws IOException {
    socket.setSoTimeout(20_000);
    socket.getOutputStream().write("PING 1\n".getBytes(US_ASCII));
    byte[] answer = socket.getInputStream().readNBytes("PONG 1\n".length());
    if (answer.length == 0) {
      throw new IOException("no answer");
    }
    assertThat(new String(answer, US_ASCII)).isEqualTo("PONG 1\n");
  }
}
