package io.loble.control;

import io.loble.config.ConfigException;
import io.loble.config.ListenerConfig;
import io.loble.config.LobleConfig;
import io.loble.config.keys.ConfigParts;
import io.loble.model.TcpSettings;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Opens a listener. */
record ListenerAdd(ConfigManager manager, StatusView view) implements Command {

  @Override
  public String name() {
    return "listener.add";
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    ListenerConfig listener = listener(manager.poolDefaults().tcp(), arguments.without());
    return manager
        .change(caller, name(), current -> edit(current, listener))
        .map(done -> view.listener(listener.name()));
  }

  private static ListenerConfig listener(TcpSettings tcp, JsonObject json) {
    try {
      return ConfigParts.listener(tcp, json);
    } catch (ConfigException e) {
      throw CommandException.arguments(e);
    }
  }

  private static Edit edit(LobleConfig current, ListenerConfig added) {
    added.pools().forEach(pool -> Lookup.pool(current, pool));
    if (current.listeners().stream().anyMatch(l -> l.name().equals(added.name()))) {
      throw CommandException.conflict("listener \"" + added.name() + "\" already exists");
    }
    List<ListenerConfig> listeners = new ArrayList<>(current.listeners());
    listeners.add(added);
    return Edit.of(current.withListeners(listeners), Subjects.listener(added.name()));
  }
}
