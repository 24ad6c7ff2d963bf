package io.loble.control;

import io.loble.proxy.ProxyLoop;
import io.loble.proxy.ProxyLoops;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** Closes one live connection, with a reset. */
final class ConnectionClose implements Command {

  private final ConfigManager manager;
  private final ProxyLoops loops;

  ConnectionClose(Vertx vertx, ConfigManager manager) {
    this.manager = manager;
    this.loops = new ProxyLoops(vertx);
  }

  @Override
  public String name() {
    return "connection.close";
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    arguments.allowOnly("id");
    String written = arguments.text("id");
    ConnectionId id = ConnectionId.parse(written).orElseThrow(() -> unknown(written));
    ProxyLoop loop =
        loops.all().stream()
            .filter(one -> one.name().equals(id.loop()))
            .findFirst()
            .orElseThrow(() -> unknown(written));
    return manager.act(caller, name(), "connection " + id, () -> close(loop, id));
  }

  private static Future<JsonObject> close(ProxyLoop loop, ConnectionId id) {
    return LoopAnswer.of(loop, loop.close(id.number()))
        .map(
            closed ->
                closed
                    .map(connection -> LiveView.of(loop, connection))
                    .orElseThrow(() -> unknown(id.toString())));
  }

  private static CommandException unknown(String id) {
    return CommandException.notFound(
        "there is no live connection \"%s\"; it may have ended. connection.list shows those there are"
            .formatted(id));
  }
}
