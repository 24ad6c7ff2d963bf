package io.loble.control;

import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.control.ConfigChannel.Role;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;

/** Brings a configuration to all verticles, or leaves everything as it was. */
final class Rollout {

  private final ConfigChannel channel;
  private final FreeAddresses addresses;

  Rollout(Vertx vertx) {
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
          new CommandException(503, "nothing can be changed: loble:health is not deployed"));
    }
    return addresses
        .check(before.listeners(), change.config().listeners())
        .compose(free -> inOrder(before, change))
        .recover(cause -> backTo(before, cause));
  }

  /**
   * Pools that are new are known before a listener serves them, and those that are gone vanish when
   * none does any more: so no client is turned away on the way.
   */
  private Future<Void> inOrder(LobleConfig before, ConfigChange change) {
    LobleConfig after = change.config();
    Map<String, PoolConfig> both = new LinkedHashMap<>(after.pools());
    before.pools().forEach(both::putIfAbsent);
    boolean removes = both.size() > after.pools().size();
    ConfigChange first = removes ? change.of(after.withPools(both)) : change;
    return channel
        .publish(Role.HEALTH, first)
        .compose(done -> channel.publish(Role.PROXY, change))
        .compose(done -> removes ? channel.publish(Role.HEALTH, change) : Future.succeededFuture())
        .onSuccess(done -> channel.publish(Role.OTHER, change));
  }

  private Future<Void> backTo(LobleConfig before, Throwable cause) {
    CommandException refusal =
        cause instanceof CommandException known
            ? known
            : new CommandException(409, String.valueOf(cause.getMessage()));
    if (refusal == cause) {
      return Future.failedFuture(refusal);
    }
    return inOrder(before, new ConfigChange(before, null, null))
        .transform(restored -> Future.failedFuture(refusal));
  }
}
