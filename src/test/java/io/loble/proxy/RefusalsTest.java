package io.loble.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.access.TopNetworks.Count;
import io.loble.model.ListenerStats;
import io.loble.model.Network;
import io.loble.model.Rejection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a minute of refused clients comes to. */
class RefusalsTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MINUTE = 60 * SECOND;

  private final Refusals refusals = new Refusals();
  private final ListenerStats stats = new ListenerStats();

  /** The beginning of a minute that is not over yet. */
  private final long start = RefusedNetworks.minuteOf(System.nanoTime()) * MINUTE;

  @Test
  void aMinuteIsSummedUpOnce() {
    refuse("10.0.0.1", Rejection.DENIED, 5, start + SECOND);
    refuse("10.0.0.2", Rejection.CLIENT_RATE, 2, start + 59 * SECOND);
    stats.rejected(Rejection.NO_BACKEND);
    refusals.ofThisLoop().publish(start + 59 * SECOND);
    assertThat(refusals.summary(stats, start + 59 * SECOND)).isEmpty();

    refuse("10.0.0.3", Rejection.DENIED, 9, start + MINUTE + SECOND);
    refusals.ofThisLoop().publish(start + MINUTE + 4 * SECOND);
    Refusals.Summary summary = refusals.summary(stats, start + MINUTE + 4 * SECOND).orElseThrow();
    assertThat(summary.reasons())
        .isEqualTo(Map.of(Rejection.DENIED, 14L, Rejection.CLIENT_RATE, 2L));
    assertThat(summary.networks()).containsExactly(count("10.0.0.1", 5), count("10.0.0.2", 2));
    assertThat(summary.total()).isEqualTo(16);
    assertThat(refusals.summary(stats, start + MINUTE + 5 * SECOND)).isEmpty();
    assertThat(refusals.summary(stats, start + 2 * MINUTE + 5 * SECOND)).isEmpty();
  }

  @Test
  void whatWasRefusedLatelyIsShown() {
    refuse("10.0.0.1", Rejection.DENIED, 2, start);
    refuse("2001:db8::1", Rejection.DENIED, 3, start + MINUTE);
    refusals.ofThisLoop().publish(start + MINUTE);
    assertThat(refusals.topNetworks(10, start + MINUTE))
        .containsExactly(count("2001:db8::1", 3), count("10.0.0.1", 2));
    assertThat(refusals.topNetworks(1, start + 2 * MINUTE))
        .containsExactly(count("2001:db8::1", 3));
    assertThat(refusals.topNetworks(10, start + 3 * MINUTE)).isEmpty();
  }

  @Test
  void aMillionNetworksTakeBoundedMemory() {
    RefusedNetworks networks = refusals.ofThisLoop();
    for (int i = 0; i < 1_000_000; i++) {
      networks.add(new Network(false, (long) i << 32, 0, 32), start);
    }
    networks.publish(start);
    assertThat(refusals.topNetworks(1_000, start)).hasSize(RefusedNetworks.MOST);
  }

  private void refuse(String client, Rejection reason, int times, long now) {
    for (int i = 0; i < times; i++) {
      stats.refused(reason);
      refusals.ofThisLoop().add(Network.parse(client), now);
    }
  }

  private static Count count(String network, long times) {
    return new Count(Network.parse(network), times, 0);
  }
}
