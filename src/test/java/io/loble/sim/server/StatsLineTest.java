package io.loble.sim.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.sim.Verb;
import org.junit.jupiter.api.Test;

class StatsLineTest {

  @Test
  void ratesAreThoseSinceTheLineBefore() {
    ServerStats stats = new ServerStats();
    StatsLine line = new StatsLine("server-1", stats, 0);
    stats.accepted();
    assertThat(stats.enter(0)).isTrue();
    for (int i = 0; i < 10; i++) {
      stats.requested(Verb.REQ);
    }
    stats.received(7300);
    stats.sent(40);
    assertThat(line.next(2_000_000_000L))
        .isEqualTo(
            "[server-1] active 1, accepted 1 (1/s), dropped 0, requests 10 (5/s), in 7.1 KiB,"
                + " out 40 B");
    stats.requested(Verb.PING);
    stats.accepted();
    stats.droppedByChaos();
    assertThat(line.next(3_000_000_000L))
        .isEqualTo(
            "[server-1] active 1, accepted 2 (1/s), dropped 1, requests 11 (1/s), in 7.1 KiB,"
                + " out 40 B");
  }
}
