package io.loble.proxy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.loble.access.TopNetworks.Count;
import io.loble.model.Network;
import io.loble.model.Rejection;
import io.loble.upstream.Events;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RefusalReportTest {

  @Test
  void aMinuteIsOneEventAndOneLine() throws Exception {
    Map<Rejection, Long> reasons = new EnumMap<>(Rejection.class);
    reasons.put(Rejection.DENIED, 1200L);
    reasons.put(Rejection.RATE, 34L);
    List<Count> networks =
        List.of(
            new Count(Network.parse("192.0.2.0/24"), 1100, 0),
            new Count(Network.parse("2001:db8::/64"), 7, 0));
    CapturedLog log = new CapturedLog("loble", Level.INFO);
    Vertx vertx = Vertx.vertx();
    try {
      CompletableFuture<JsonObject> event = new CompletableFuture<>();
      TestProxy.done(
          vertx
              .eventBus()
              .<JsonObject>consumer(Events.ADDRESS, message -> event.complete(message.body()))
              .completion());
      RefusalReport.publish(vertx, "edge", new Refusals.Summary(reasons, networks));

      String text =
          "1234 clients refused within a minute: 1200 denied, 34 rate; most from"
              + " 192.0.2.0/24 (1100), 2001:db8::/64 (7)";
      JsonObject said = event.get(20, SECONDS);
      said.remove("at");
      assertThat(said)
          .isEqualTo(
              new JsonObject(
                  """
                  {"type": "clients.refused", "who": "listener", "what": "listener edge",
                   "before": null, "after": 1234, "listener": "edge", "detail": "%s",
                   "refused": {"denied": 1200, "rate": 34},
                   "networks": [{"network": "192.0.2.0/24", "refused": 1100},
                                {"network": "2001:db8::/64", "refused": 7}]}
                  """
                      .formatted(text)));
      assertThat(log.messages()).containsExactly("listener edge: " + text);
    } finally {
      log.stop();
      TestProxy.done(vertx.close());
    }
  }
}
