package io.loble.config;

import io.loble.model.HostPort;
import java.time.Duration;
import java.util.List;

/**
 * How names are looked up that pools find their backends by.
 *
 * @param minTtl an answer is used for at least so long
 * @param maxTtl an answer is used for at most so long, and a failed one is asked for again after
 *     that at the latest
 * @param servers the name servers to ask, in order; none for those of the system
 * @param timeout until a server counts as silent, and the next one is asked
 */
public record DnsLookups(
    Duration minTtl, Duration maxTtl, List<HostPort> servers, Duration timeout) {

  /** Where the configuration does not say. */
  public static final DnsLookups DEFAULT =
      new DnsLookups(
          Duration.ofSeconds(1), Duration.ofMinutes(1), List.of(), Duration.ofSeconds(2));

  public DnsLookups {
    servers = List.copyOf(servers);
  }
}
