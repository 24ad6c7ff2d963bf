package io.loble.bench;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** When clients come, and from where. */
class ArrivalTest {

  private static final int PER_SECOND = 500;
  private static final int RUN_SECONDS = 20;

  @Test
  void theSameSeedBringsTheSameClients() throws UnknownHostException {
    assertThat(arrivals(1)).isEqualTo(arrivals(1)).isNotEqualTo(arrivals(2));
  }

  @Test
  void theyComeInOrderAtThatRate() throws UnknownHostException {
    List<Long> times = arrivals(1).stream().map(Arrival::nanos).toList();
    assertThat(times).isSorted();
    assertThat(times.get(times.size() - 1)).isLessThan(SECONDS.toNanos(RUN_SECONDS));
    // A hundred is the standard deviation of so many independent arrivals.
    assertThat(times.size()).isBetween(9_600, 10_400);
  }

  @Test
  void theyHaveAThousandAddressesOfTheLoopbackNetwork() throws UnknownHostException {
    List<String> addresses =
        arrivals(1).stream().map(a -> a.from().getAddress().getHostAddress()).distinct().toList();
    assertThat(addresses)
        .hasSizeBetween(990, 1_000)
        .contains("127.1.0.1", "127.1.3.250")
        .allMatch(address -> address.startsWith("127.1."));
  }

  private static List<Arrival> arrivals(long seed) throws UnknownHostException {
    return Arrival.of(new SplittableRandom(seed), PER_SECOND, RUN_SECONDS);
  }
}
