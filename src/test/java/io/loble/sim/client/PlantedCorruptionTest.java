package io.loble.sim.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.sim.server.Servers;
import io.loble.sim.server.SimulatedServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One byte among all that come back is wrong. */
@ExtendWith(VertxExtension.class)
class PlantedCorruptionTest {

  @ParameterizedTest
  @CsvSource({
    "REAL, 99",
    "STREAM, 333",
    "SLOW, 13",
    "BULK, 700000",
    "HALF_CLOSE, 301",
    "RESET, 301",
    "RECONNECT_STORM, 999"
  })
  void isFoundOnceAndShown(ClientKind kind, long place, Vertx vertx) throws Exception {
    SimulatedServer server = Servers.start(vertx, new JsonObject());
    Meddler meddler = Meddler.start(vertx, server.port(), place);
    JsonObject settings = ClientRuns.only(kind).put("rate", 40).put("bulk_bytes", "100KiB");
    settings.put("duration", kind == ClientKind.SLOW ? "2s" : "1s");

    ClientReport report = ClientRuns.run(vertx, meddler.port(), settings);
    assertThat(report.wrongAnswers()).as(report.toTable()).isEqualTo(1);
    assertThat(report.of(kind).failures().get(Outcome.WRONG_ANSWER)).isEqualTo(1);
    assertThat(report.total().failed()).isEqualTo(1);
    assertThat(report.examples())
        .singleElement()
        .satisfies(
            example -> {
              assertThat(example.kind()).isEqualTo(kind);
              assertThat(example.client()).isBetween(0L, report.total().started() - 1);
              assertThat(example.expected()).isNotEmpty().isNotEqualTo(example.got());
            });
    assertThat(ClientReport.fromJson(report.toJson())).isEqualTo(report);
  }
}
