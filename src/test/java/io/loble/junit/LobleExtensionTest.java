package io.loble.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.loble.testbed.BackendFigures;
import io.loble.testbed.Testbed;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What tests are given, for how long, and in which state. */
class LobleExtensionTest {

  private static String ask(LobleExtension lb, String request) throws IOException {
    return ask(lb.testbed(), request);
  }

  private static String ask(Testbed lb, String request) throws IOException {
    try (Socket socket = new Socket(lb.address().host(), lb.address().port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A server that drops a client closes or resets, whichever the client notices first. */
  private static boolean isAnswered(LobleExtension lb) throws IOException {
    try {
      return !ask(lb, "REQ\n").isEmpty();
    } catch (SocketException e) {
      return false;
    }
  }

  @Nested
  class OnLinux {

    @RegisterExtension final LobleExtension lb = LobleExtension.withServers(1);

    @Test
    void theTransportIsTheOneThatTheCommandLineWouldTake() {
      JsonObject status = lb.testbed().status();
      String system = System.getProperty("os.name", "");
      assumeTrue(system.startsWith("Linux"), system);
      assertThat(status.getString("transport")).isEqualTo("epoll");
      assertThat(status.getValue("transport_advice")).isNull();
    }
  }

  @Test
  void thereIsNothingOutsideOfATest() {
    LobleExtension unused = LobleExtension.withServers(1);
    assertThatThrownBy(unused::address)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("there is a balancer only while a test runs");
  }

  @Nested
  @ExtendWith(LobleExtension.class)
  class AsParameter {

    @Test
    void threeServersInRotation(Testbed lb) throws IOException {
      assertThat(ask(lb, "PING 1\n")).isEqualTo("PONG 1\n");
      assertThat(lb.stats().backends())
          .extracting(BackendFigures::name)
          .containsExactly("server-1", "server-2", "server-3");
    }
  }

  @Nested
  class EachTestAnew {

    @RegisterExtension
    final LobleExtension lb =
        LobleExtension.withServers(2)
            .withBalancer(
                new JsonObject().put("balancer", new JsonObject().put("algorithm", "lc")));

    @Test
    void settingsOfTheBalancerHold() throws IOException {
      assertThat(lb.testbed().status().encode()).contains("least_connections");
      lb.testbed().algorithm("random");
      assertThat(ask(lb, "REQ\n")).isEqualTo("ACK\n");
      assertThat(lb.stats().accepted()).isEqualTo(1);
    }

    @Test
    void nothingIsLeftOfOtherTests() throws IOException {
      settingsOfTheBalancerHold();
    }
  }

  @Nested
  @TestMethodOrder(OrderAnnotation.class)
  class SharedByAClass {

    @RegisterExtension static final LobleExtension LB = LobleExtension.withServers(1);

    private static int port;

    @Test
    @Order(1)
    void oneTestBreaksEverything() throws IOException {
      port = LB.address().port();
      LB.server(0).chaos(100);
      assertThat(isAnswered(LB)).isFalse();
      LB.server(0).kill();
    }

    @Test
    @Order(2)
    void andTheNextFindsItWhole() throws IOException {
      assertThat(LB.address().port()).isEqualTo(port);
      assertThat(ask(LB, "REQ\n")).isEqualTo("ACK\n");
    }
  }
}
