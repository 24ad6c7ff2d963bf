package io.loble.control;

import io.loble.config.ListenerConfig;
import io.loble.config.LobleConfig;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Closes a listener; its connections may finish. */
record ListenerRemove(ConfigManager manager, StatusView view) implements Command {

  @Override
  public String name() {
    return "listener.remove";
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    arguments.allowOnly("name", "timeout");
    String name = arguments.text("name");
    Duration timeout = arguments.duration("timeout").orElse(null);
    JsonObject shown = view.listener(name);
    return manager
        .change(caller, name(), current -> edit(current, name, timeout))
        .map(done -> shown);
  }

  private static Edit edit(LobleConfig current, String name, @Nullable Duration timeout) {
    ListenerConfig removed = Lookup.listener(current, name);
    List<ListenerConfig> others =
        current.listeners().stream().filter(listener -> !listener.equals(removed)).toList();
    if (others.isEmpty()) {
      throw CommandException.conflict(
          "listener \"" + name + "\" is the only one; add a second one before removing it");
    }
    return Edit.of(current.withListeners(others), Subjects.listener(name)).draining(timeout);
  }
}
