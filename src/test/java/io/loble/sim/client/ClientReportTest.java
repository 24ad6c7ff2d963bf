package io.loble.sim.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class ClientReportTest {

  private final ClientStats stats = new ClientStats(42, 1);

  @Test
  void addsUpWhatTheKindsHaveDone() {
    KindStats real = stats.of(ClientKind.REAL);
    for (int millis = 1; millis <= 100; millis++) {
      real.started();
      real.answered(millis * 1_000_000L);
      real.ended(Outcome.FINISHED);
    }
    KindStats slow = stats.of(ClientKind.SLOW);
    slow.started();
    slow.started();
    slow.started();
    slow.ended(Outcome.WRONG_ANSWER);
    slow.ended(Outcome.STOPPED);

    ClientReport report = stats.report();
    assertThat(report.of(ClientKind.SLOW).active()).isEqualTo(1);
    assertThat(report.of(ClientKind.SLOW).failed()).isEqualTo(1);
    assertThat(report.wrongAnswers()).isEqualTo(1);
    assertThat(report.total().started()).isEqualTo(103);
    assertThat(report.total().finished()).isEqualTo(100);
    assertThat(report.total().stopped()).isEqualTo(1);
    assertThat(report.latency().count()).isEqualTo(100);
    assertThat(report.latency().p50()).isBetween(49.9, 50.1);
    assertThat(report.latency().p99()).isBetween(98.9, 99.1);
    assertThat(report.latency().max()).isBetween(99.9, 100.1);
  }

  @Test
  void itsJsonReadsBackToTheSame() {
    stats.of(ClientKind.IDLE).started();
    stats.of(ClientKind.STREAM).answered(1_234_567);
    stats.of(ClientKind.STREAM).connected(2_345_678);
    stats.of(ClientKind.BULK).sent(17);
    stats.of(ClientKind.BULK).received(18);
    stats.wrong(new WrongAnswer(ClientKind.BULK, 4, 1L << 33, "a\\n", "\\x01"));
    ClientReport report = stats.report();
    JsonObject json = new JsonObject(report.toJson().encode());
    assertThat(ClientReport.fromJson(json)).isEqualTo(report);
  }

  @Test
  void itsTableHasARowAKindAndATotal() {
    stats.of(ClientKind.REAL).started();
    stats.of(ClientKind.REAL).ended(Outcome.TIMEOUT);
    stats.wrong(new WrongAnswer(ClientKind.REAL, 17, 3, "ACK\\n", "ACK."));
    assertThat(stats.report().toTable().lines())
        .hasSize(14)
        .anyMatch(line -> line.matches("kind +started +active .*answers"))
        .anyMatch(line -> line.matches(" +p50 +p90 .*max"))
        .anyMatch(line -> line.matches("real +1 +0 +0 +0 +1 +0 .*"))
        .anyMatch(line -> line.matches("fire_and_forget +0 .*"))
        .anyMatch(line -> line.matches("total +1 .*"))
        .anyMatch(line -> line.matches("\\d+\\.\\d s, seed 42, latencies in ms"))
        .anyMatch(line -> line.equals("failed: timeout 1"))
        .anyMatch(line -> line.startsWith("0 connects, "))
        .anyMatch(
            line ->
                line.equals(
                    "wrong: real client 17, byte 3 of an answer: expected \"ACK\\n\", got"
                        + " \"ACK.\""));
  }

  @Test
  void itsTablesFit80Columns() {
    for (ClientKind kind : ClientKind.values()) {
      for (int i = 0; i < 10_000; i++) {
        stats.of(kind).started();
        stats.of(kind).ended(Outcome.TIMEOUT);
      }
    }
    assertThat(stats.report().toTable().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void kindsBeyondTheUsualOnesHaveARowWhenTheyWereThere() {
    assertThat(stats.report().toTable()).doesNotContain("bulk");
    stats.of(ClientKind.BULK).started();
    assertThat(stats.report().toTable()).contains("\nbulk  ").doesNotContain("half_close");
  }

  @Test
  void addsUpTrafficAndKeepsTheFirstExamplesOnly() {
    stats.of(ClientKind.BULK).sent(10);
    stats.of(ClientKind.REAL).sent(5);
    stats.of(ClientKind.REAL).received(7);
    stats.of(ClientKind.REAL).connected(1_000_000);
    stats.of(ClientKind.RESET).connected(3_000_000);
    for (int i = 0; i < 9; i++) {
      stats.wrong(new WrongAnswer(ClientKind.REAL, i, 0, "", "x"));
    }
    ClientReport report = stats.report();
    assertThat(report.total().traffic()).isEqualTo(new Traffic(2, 15, 7));
    assertThat(report.total().connect().max()).isBetween(2.99, 3.01);
    assertThat(report.examples())
        .extracting(WrongAnswer::client)
        .containsExactly(0L, 1L, 2L, 3L, 4L);
  }
}
