package io.loble.control;

import io.loble.config.BackendConfig;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.control.ConfigChannel.Role;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings a configuration to all verticles, or leaves everything as it was. */
final class ConfigApplier {

  private final ConfigChannel channel;
  private final FreeAddresses addresses;

  ConfigApplier(Vertx vertx) {
    this.channel = new ConfigChannel(vertx);
    this.addresses = new FreeAddresses(vertx);
  }

  /**
   * Makes a configuration effective.
   *
   * @param before what is in force, and is again when this fails
   */
  Future<Void> of(LobleConfig before, ConfigChange change) {
    if (!channel.hasFollowers(Role.HEALTH)) {
      return Future.failedFuture(
          CommandException.unavailable("nothing can be changed: loble:health is not deployed"));
    }
    return addresses
        .check(before.listeners(), change.config().listeners())
        .compose(free -> inOrder(before, change))
        .recover(cause -> backTo(before, cause));
  }

  /**
   * Pools and backends that are new are known before a listener serves them, and those that are
   * gone vanish when all listeners are as they should be: so no client is turned away on the way,
   * and where a listener cannot be opened, nothing was removed yet.
   */
  private Future<Void> inOrder(LobleConfig before, ConfigChange change) {
    LobleConfig after = change.config();
    Map<String, PoolConfig> both = new LinkedHashMap<>(after.pools());
    before.pools().forEach((name, pool) -> both.merge(name, pool, ConfigApplier::withThoseOf));
    boolean removes = !both.equals(after.pools());
    ConfigChange first = removes ? change.of(after.withPools(both)) : change;
    return channel
        .publish(Role.HEALTH, first)
        .compose(done -> channel.publish(Role.PROXY, change))
        .compose(done -> removes ? channel.publish(Role.HEALTH, change) : Future.succeededFuture())
        .onSuccess(done -> channel.publish(Role.OTHER, change));
  }

  /** A pool as it is to be, in which nothing that was there is missing. */
  private static PoolConfig withThoseOf(PoolConfig after, PoolConfig before) {
    Map<String, BackendConfig> backends = new LinkedHashMap<>();
    after.backends().forEach(backend -> backends.put(backend.name(), backend));
    for (BackendConfig backend : before.backends()) {
      // One that has moved leaves its old address.
      backends.merge(
          backend.name(), backend, (now, was) -> now.address().equals(was.address()) ? now : was);
    }
    return after.withBackends(List.copyOf(backends.values()));
  }

  private Future<Void> backTo(LobleConfig before, Throwable cause) {
    CommandException refusal =
        cause instanceof CommandException known
            ? known
            : CommandException.conflict(String.valueOf(cause.getMessage()));
    if (refusal == cause) {
      return Future.failedFuture(refusal);
    }
    return inOrder(before, new ConfigChange(before, null, null))
        .transform(restored -> Future.failedFuture(refusal));
  }
}
