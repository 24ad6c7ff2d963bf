package io.loble.config;

import io.loble.model.Network;
import io.loble.preface.Starttls;
import java.time.Duration;
import java.util.List;

/**
 * What a listener learns of a client before it picks a backend, and where that leads.
 *
 * @param acceptProxyFrom who sends a PROXY protocol header; empty for everyone
 * @param sniffTimeout by when a header and a ClientHello must be complete, both together
 * @param routes the first one whose conditions hold is taken
 */
public record FrontConfig(
    AcceptProxy acceptProxy,
    List<Network> acceptProxyFrom,
    Duration sniffTimeout,
    Starttls starttls,
    List<RouteConfig> routes) {

  public static final Duration DEFAULT_SNIFF_TIMEOUT = Duration.ofSeconds(3);

  /** Nothing: every client goes to the listener's pool at once. */
  public static final FrontConfig NONE =
      new FrontConfig(AcceptProxy.OFF, List.of(), DEFAULT_SNIFF_TIMEOUT, Starttls.OFF, List.of());

  public FrontConfig {
    acceptProxyFrom = List.copyOf(acceptProxyFrom);
    routes = List.copyOf(routes);
  }

  /** The same with these routes. */
  public FrontConfig withRoutes(RouteConfig... others) {
    return new FrontConfig(acceptProxy, acceptProxyFrom, sniffTimeout, starttls, List.of(others));
  }

  /** The same with a header of the PROXY protocol from these networks; from everyone if none. */
  public FrontConfig withProxyFrom(Network... senders) {
    return new FrontConfig(AcceptProxy.REQUIRED, List.of(senders), sniffTimeout, starttls, routes);
  }

  /** The same with another {@code sniff_timeout}. */
  public FrontConfig withSniffTimeout(Duration timeout) {
    return new FrontConfig(acceptProxy, acceptProxyFrom, timeout, starttls, routes);
  }

  /** The same with clients that may ask for TLS. */
  public FrontConfig withStarttls(Starttls how) {
    return new FrontConfig(acceptProxy, acceptProxyFrom, sniffTimeout, how, routes);
  }
}
