package io.loble.control;

import io.loble.config.ConfigException;
import io.loble.config.ListenerConfig;
import io.loble.config.LobleConfig;
import io.loble.config.keys.ConfigParts;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Sets keys of a listener that is open, and leaves those that are not given as they are. New
 * connections follow at once; open ones are not touched.
 *
 * @param socket refuses what would close them
 */
record ListenerUpdate(ConfigManager manager, StatusView view, OpenSocket socket)
    implements Command {

  @Override
  public String name() {
    return "listener.update";
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    String name = arguments.text("name");
    JsonObject changes = arguments.without("name");
    if (changes.isEmpty()) {
      throw CommandException.invalidArgument(
          "nothing to change; give a key of a listener, such as pool, routes or rate");
    }
    return manager
        .change(caller, name(), current -> edit(current, name, changes))
        .map(done -> view.listener(name));
  }

  private Edit edit(LobleConfig current, String name, JsonObject changes) {
    ListenerConfig before = Lookup.listener(current, name);
    ListenerConfig after = changed(before, changes);
    socket.check(before, after);
    after.pools().forEach(pool -> Lookup.pool(current, pool));
    List<ListenerConfig> listeners =
        current.listeners().stream().map(l -> l.equals(before) ? after : l).toList();
    return Edit.of(current.withListeners(listeners), Subjects.listener(name));
  }

  private static ListenerConfig changed(ListenerConfig before, JsonObject changes) {
    try {
      return ConfigParts.listener(before, changes);
    } catch (ConfigException e) {
      throw CommandException.arguments(e);
    }
  }
}
