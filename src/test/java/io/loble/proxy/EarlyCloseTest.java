package io.loble.proxy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Health hears which backends end connections at once, without a byte. */
class EarlyCloseTest {

  private final List<JsonObject> tallies = new CopyOnWriteArrayList<>();

  @ParameterizedTest
  @MethodSource("io.loble.proxy.RelayMode#here")
  void aBackendThatClosesAtOnceHasClosedEarly(RelayMode mode) throws IOException {
    try (TestServer closing = TestServer.start(socket -> {});
        TestProxy proxy = TestProxy.start(mode, new TestConfig().backend(closing.port()))) {
      listen(proxy.vertx());
      // On a busy machine a connection may take too long to count.
      await()
          .atMost(20, SECONDS)
          .until(
              () -> {
                try (Socket client = proxy.connect()) {
                  assertThat(client.getInputStream().read()).isEqualTo(-1);
                }
                return sum("early_closes") > 0;
              });
      assertThat(sum("failures")).isZero();
      assertThat(sum("early_closes")).isLessThanOrEqualTo(sum("successes"));
    }
  }

  @ParameterizedTest
  @MethodSource("io.loble.proxy.RelayMode#here")
  void aClientThatClosesFirstSaysNothingAboutTheBackend(RelayMode mode) throws IOException {
    try (TestServer echo = TestServer.echo();
        TestProxy proxy = TestProxy.start(mode, new TestConfig().backend(echo.port()))) {
      listen(proxy.vertx());
      try (Socket client = proxy.connect()) {
        client.shutdownOutput();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      await().atMost(20, SECONDS).until(() -> sum("successes") == 1);
      assertThat(sum("early_closes")).isZero();
    }
  }

  /** Health is the one consumer of what is sent, so that this looks on. */
  private void listen(Vertx vertx) {
    vertx
        .eventBus()
        .<JsonObject>addOutboundInterceptor(
            sent -> {
              if (sent.message().address().equals("loble.tallies")) {
                sent.message().body().getJsonArray("tallies").stream()
                    .map(JsonObject.class::cast)
                    .forEach(tallies::add);
              }
              sent.next();
            });
  }

  private long sum(String field) {
    return tallies.stream().mapToLong(tally -> tally.getLong(field)).sum();
  }
}
