package io.loble.bench;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A client that comes at a time that was fixed before.
 *
 * @param nanos from the start of the run
 * @param from the address that it connects from, with port 0 for any
 */
record Arrival(long nanos, InetSocketAddress from) {

  /** How many addresses of the loopback network the clients have. */
  private static final int ADDRESSES = 1_000;

  /** Clients that do not know of each other: a Poisson process, each from any of the addresses. */
  static List<Arrival> of(RandomGenerator random, int perSecond, int seconds)
      throws UnknownHostException {
    List<Arrival> all = new ArrayList<>();
    double gap = SECONDS.toNanos(1) / (double) perSecond;
    for (double at = gap * random.nextExponential();
        at < SECONDS.toNanos(seconds);
        at += gap * random.nextExponential()) {
      all.add(new Arrival((long) at, address(random.nextInt(ADDRESSES))));
    }
    return all;
  }

  private static InetSocketAddress address(int number) throws UnknownHostException {
    byte[] bytes = {127, 1, (byte) (number / 250), (byte) (1 + number % 250)};
    return new InetSocketAddress(InetAddress.getByAddress(bytes), 0);
  }
}
