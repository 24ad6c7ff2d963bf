package io.loble.proxy;

import io.loble.access.ClientAdmission.Refused;
import io.loble.access.ClientTable;
import io.loble.access.RateBucket;
import io.loble.config.ListenerLimits;
import io.loble.config.PerClient;
import io.loble.model.AddressBits;
import io.loble.model.Network;
import io.loble.model.Rejection;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether a listener would refuse a client now, before it picks a backend for it.
 *
 * @param rejection why it would; null when it would not
 * @param why the same in words; null when it would not
 * @param network that decides whether the client's network is let in; null when none does
 */
public record ClientVerdict(
    @Nullable Rejection rejection, @Nullable String why, @Nullable Network network) {

  /** As {@link Permit} checks it, and in the same order, but without an effect. */
  static ClientVerdict of(ListenerRules rules, InetAddress client, long nowNanos) {
    Optional<Network> network = rules.access().deciding(client);
    if (!rules.access().permits(client)) {
      return new ClientVerdict(
          Rejection.DENIED,
          network.map(n -> n + " is denied").orElse("in no network that is allowed"),
          network.orElse(null));
    }
    return counted(rules, client, nowNanos, network.orElse(null));
  }

  private static ClientVerdict counted(
      ListenerRules rules, InetAddress client, long nowNanos, @Nullable Network network) {
    ListenerLimits limits = rules.limits();
    PerClient bounds = limits.perClient();
    ClientTable clients = rules.clients();
    if (clients != null) {
      Optional<Refused> refused = clients.refusal(AddressBits.of(client), nowNanos);
      if (refused.isPresent()) {
        return switch (refused.get()) {
          case CLIENT_LIMIT ->
              new ClientVerdict(
                  Rejection.CLIENT_LIMIT,
                  "it has %d connections of %d"
                      .formatted(clients.connections(client), bounds.maxConnections()),
                  network);
          case CLIENT_RATE ->
              new ClientVerdict(
                  Rejection.CLIENT_RATE, "it comes more often than " + bounds.rate(), network);
        };
      }
    }
    if (rules.maxConnections() > 0 && rules.places().taken() >= rules.maxConnections()) {
      return new ClientVerdict(
          Rejection.LISTENER_LIMIT,
          "the listener has its %d connections".formatted(rules.maxConnections()),
          network);
    }
    RateBucket rate = rules.rate();
    long wait = rate == null ? 0 : rate.waitNanos(nowNanos);
    return wait == 0
        ? new ClientVerdict(null, null, network)
        : new ClientVerdict(
            Rejection.RATE,
            "clients come more often than %s; the next may come in %d ms"
                .formatted(limits.rate(), 1 + TimeUnit.NANOSECONDS.toMillis(wait)),
            network);
  }
}
