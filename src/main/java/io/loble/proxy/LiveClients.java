package io.loble.proxy;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

/**
 * The clients of one event loop, by address.
 *
 * @param total how many connections there are of those that were asked for
 * @param byAddress those of Unix sockets, which have none, are counted together
 * @param complete whether every client of them is among these: beyond {@link #MOST} further ones
 *     are counted in the total only
 */
public record LiveClients(
    long total, Map<Optional<InetAddress>, Share> byAddress, boolean complete) {

  /** So many clients of an event loop are told apart. */
  public static final int MOST = 50_000;

  public LiveClients {
    byAddress = Map.copyOf(byAddress);
  }

  /**
   * What one client holds.
   *
   * @param oldestNanos when its oldest connection was accepted, by {@link System#nanoTime()}
   */
  public record Share(long connections, long oldestNanos, long bytesToBackend, long bytesToClient) {

    /** What two event loops know of one client. */
    public Share plus(Share other) {
      return new Share(
          connections + other.connections,
          // Compared as System.nanoTime asks for.
          oldestNanos - other.oldestNanos < 0 ? oldestNanos : other.oldestNanos,
          bytesToBackend + other.bytesToBackend,
          bytesToClient + other.bytesToClient);
    }
  }
}
