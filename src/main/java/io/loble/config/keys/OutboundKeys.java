package io.loble.config.keys;

import io.loble.config.PoolConfig;
import io.loble.config.read.AddressScalars;
import io.loble.config.read.Field;
import io.loble.config.read.ListCodec;
import io.loble.config.read.Scalars;
import io.loble.config.read.Values;
import io.loble.model.Outbound;
import io.loble.model.SendProxy;
import io.loble.model.SourceAddresses;
import java.net.InetAddress;
import java.util.List;

/** The keys of {@code [pools.NAME]} that say how connections to its backends begin. */
final class OutboundKeys {

  static final Field<PoolConfig, SendProxy> SEND_PROXY =
      Field.optional(
          "send_proxy",
          Scalars.choice(SendProxy.class),
          pool -> pool.outbound().sendProxy(),
          SendProxy.OFF);

  static final Field<PoolConfig, List<InetAddress>> SOURCE =
      Field.optional(
          "source",
          new ListCodec<>(
              AddressScalars.localIp(), "an array of IP addresses, such as [\"10.0.0.5\"]"),
          pool -> pool.outbound().source().all(),
          List.of());

  private OutboundKeys() {}

  static Outbound outbound(Values<PoolConfig> v) {
    return new Outbound(
        v.get(SEND_PROXY),
        SourceAddresses.of(v.get(SOURCE)),
        v.get(PoolTlsKeys.POOL_TLS),
        PoolHttpKeys.rules(v));
  }
}
