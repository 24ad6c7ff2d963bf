package io.loble.config;

import io.loble.model.Network;
import io.loble.model.Rate;
import java.util.List;

/**
 * Who may connect to a listener, how often, and how many at once.
 *
 * @param allow networks that are let in; with any, nothing else is
 * @param deny networks that are not let in
 * @param allowFile a file with more of the former; empty for none
 * @param denyFile a file with more of the latter; empty for none
 * @param maxConnections of the listener at once; 0 for no bound
 * @param rate of new connections
 * @param burst how many new connections may come at once; 0 for what the rate brings in a second
 * @param perClient the bounds of each client
 */
public record ListenerLimits(
    List<Network> allow,
    List<Network> deny,
    String allowFile,
    String denyFile,
    int maxConnections,
    Rate rate,
    int burst,
    PerClient perClient) {

  /** Everyone may connect, as often as they like. */
  public static final ListenerLimits NONE =
      new ListenerLimits(List.of(), List.of(), "", "", 0, Rate.NONE, 0, PerClient.NONE);

  public ListenerLimits {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }

  /** Whether networks are listed in a file. */
  public boolean namesFiles() {
    return !allowFile.isEmpty() || !denyFile.isEmpty();
  }

  /** How many new connections may come at once; 0 where there is no rate. */
  public int effectiveBurst() {
    return burst > 0 ? burst : rate.defaultBurst();
  }
}
