package io.loble.proxy;

import io.loble.access.NetworkSet;
import io.loble.config.AcceptProxy;
import io.loble.config.FrontConfig;
import io.loble.config.ListenerConfig;
import io.loble.config.RouteConfig;
import io.loble.net.PeerAddress;
import io.loble.preface.PrefaceNeeds;
import io.loble.preface.Starttls;
import java.net.InetAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a listener has to learn of a client before a backend is picked, and the routes that it may
 * take, as a configuration says. Immutable.
 */
final class Front {

  private final FrontConfig config;
  private final Routes routes;
  private final PrefaceNeeds named;
  private final PrefaceNeeds unnamed;
  private final NetworkSet senders;

  /**
   * @param readable whether clients' ClientHellos can be read, and say anything that is not learnt
   *     otherwise
   */
  private Front(FrontConfig config, boolean readable, boolean chosenByName) {
    this.config = config;
    this.routes = new Routes(config.routes());
    boolean hello =
        readable && (chosenByName || config.routes().stream().anyMatch(RouteConfig::needsHello));
    this.named = new PrefaceNeeds(true, hello, config.starttls());
    this.unnamed = new PrefaceNeeds(false, hello, config.starttls());
    this.senders = NetworkSet.of(config.acceptProxyFrom());
  }

  /**
   * Null when nothing has to be learnt, since all clients of the listener go to its pool.
   *
   * @param chosenByName whether backends are chosen by the server name that a client asks for
   */
  static @Nullable Front of(ListenerConfig listener, boolean chosenByName) {
    FrontConfig config = listener.front();
    boolean http = listener.http().on();
    boolean plain =
        config.acceptProxy() == AcceptProxy.OFF
            && config.starttls() == Starttls.OFF
            && config.routes().isEmpty()
            && (http || !listener.pool().isEmpty());
    // The names in a ClientHello are known anyway where the client is decrypted, and a client that
    // sends requests in the clear sends no ClientHello.
    boolean readable = !http && !listener.tls().isOn();
    return plain && !(chosenByName && !http) ? null : new Front(config, readable, chosenByName);
  }

  Routes routes() {
    return routes;
  }

  /** What has to be read of a connection that comes from that address. */
  PrefaceNeeds needs(SocketAddress from) {
    return isNamedByHeader(from) ? named : unnamed;
  }

  /** Whether a connection from that address has to say by a header who its client is. */
  boolean isNamedByHeader(SocketAddress from) {
    return config.acceptProxy() == AcceptProxy.REQUIRED
        && (config.acceptProxyFrom().isEmpty() || isSender(PeerAddress.ip(from)));
  }

  private boolean isSender(@Nullable InetAddress from) {
    return from != null && senders.contains(from);
  }

  /** How long that may take. */
  long sniffMillis() {
    return config.sniffTimeout().toMillis();
  }
}
