package io.loble.control;

import io.loble.config.LobleConfig;
import io.loble.control.ConfigChannel.Role;
import io.loble.proxy.UnixSupport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;

/** Brings a configuration to all verticles, or leaves everything as it was. */
final class ConfigApplier {

  private final Vertx vertx;
  private final ConfigChannel channel;
  private final FreeAddresses addresses;

  ConfigApplier(Vertx vertx) {
    this.vertx = vertx;
    this.channel = new ConfigChannel(vertx);
    this.addresses = new FreeAddresses(vertx);
  }

  /**
   * Makes a configuration effective.
   *
   * @param before what is in force, and is again when this fails
   * @return a {@link CommandException} when it cannot be
   */
  Future<Void> apply(LobleConfig before, ConfigChange change) {
    if (!channel.hasFollowers(Role.HEALTH)) {
      return Future.failedFuture(
          CommandException.unavailable("nothing can be changed: loble:health is not deployed"));
    }
    Optional<String> fault = UnixSupport.fault(vertx, change.config());
    if (fault.isPresent()) {
      return Future.failedFuture(CommandException.conflict(fault.get()));
    }
    return addresses
        .check(before.listeners(), change.config().listeners())
        .recover(cause -> Future.failedFuture(refusal(cause)))
        .compose(free -> run(before, change).recover(cause -> undo(before, cause)));
  }

  private Future<Void> run(LobleConfig before, ConfigChange change) {
    Future<Void> done = Future.succeededFuture();
    for (Rollout.Stage stage : Rollout.of(before, change).stages()) {
      done = done.compose(earlier -> channel.publish(stage.role(), stage.change()));
    }
    // Nothing depends on these, so nothing waits for them.
    return done.onSuccess(all -> channel.publish(Role.OTHER, change));
  }

  private Future<Void> undo(LobleConfig before, Throwable cause) {
    return run(before, new ConfigChange(before, null, null))
        .transform(restored -> Future.failedFuture(refusal(cause)));
  }

  private static CommandException refusal(Throwable cause) {
    return cause instanceof CommandException refused
        ? refused
        : CommandException.conflict(String.valueOf(cause.getMessage()));
  }
}
