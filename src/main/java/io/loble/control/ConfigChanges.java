package io.loble.control;

import io.loble.config.keys.LoadedConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Makes changes of the configuration, one after another, each as a whole or not at all, and keeps
 * the versions that come of them. {@link #state} may be read from any thread; it changes only in
 * what was given to {@link #inTurn}.
 */
final class ConfigChanges {

  private final SerialQueue queue;
  private final ConfigApplier applier;
  private final ProcessStatus process;
  private volatile ConfigState state;

  ConfigChanges(Vertx vertx, ConfigState first) {
    this.queue = new SerialQueue(vertx);
    this.applier = new ConfigApplier(vertx);
    this.process = ProcessStatus.of(vertx);
    this.state = first;
  }

  ConfigState state() {
    return state;
  }

  /**
   * Runs an action when all before it have finished.
   *
   * @return what the action returns, on the caller's context; a {@link CommandException} when the
   *     process stops
   */
  <T> Future<T> inTurn(Supplier<Future<T>> action) {
    return queue.submit(
        () -> {
          if (process.draining()) {
            throw CommandException.unavailable("the process is stopping");
          }
          return action.get();
        });
  }

  /**
   * Makes a planned change, in its turn.
   *
   * @return a {@link CommandException} when it cannot be made; then nothing has changed
   */
  Future<Applied> make(ChangePlan plan, Caller caller, String command) {
    return plan.isEmpty()
        ? Future.succeededFuture(applied(plan))
        : applier
            .apply(plan.before(), plan.change())
            .map(
                done -> {
                  if (plan.isNewVersion()) {
                    keep(plan, caller, command);
                  }
                  return applied(plan);
                });
  }

  /** Remembers what the file says, in its turn. */
  void loaded(LoadedConfig file) {
    state = state.with(file);
  }

  private void keep(ChangePlan plan, Caller caller, String command) {
    ConfigState before = state;
    ConfigVersion next =
        new ConfigVersion(
            before.version() + 1,
            plan.after(),
            Instant.now(),
            caller.name(),
            command + ' ' + plan.edit().subject().what(),
            plan.summary());
    state = before.with(next);
    process.configured(next.number());
  }

  private Applied applied(ChangePlan plan) {
    return new Applied(state.version(), plan.steps());
  }
}
