package io.loble.upstream.health;

import io.loble.config.PoolConfig;
import io.loble.model.Address;
import io.loble.upstream.probe.ProbeLoop;

/** Makes the probes of an address, as a pool has them. */
public interface ProbeFactory {
  ProbeLoop loop(Address address, PoolConfig pool);
}
