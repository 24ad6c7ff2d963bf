package io.loble.ctl.view;

import io.loble.ctl.answer.BackendAnswer;
import io.loble.ctl.answer.Items;
import io.loble.ctl.answer.ListenerAnswer;
import io.loble.ctl.answer.PoolAnswer;
import io.loble.ctl.answer.StepAnswer;
import io.loble.terminal.Table;
import io.loble.terminal.Table.Cell;
import io.loble.terminal.Units;
import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** What is now, in a line, after a command has changed something. */
public final class Sentences {

  private Sentences() {}

  public static String backend(String pool, JsonObject json) {
    BackendAnswer backend = BackendAnswer.of(json);
    return "backend %s of pool %s: weight %d, %s, %d active"
        .formatted(
            backend.name(), pool, backend.weight(), backend.stateAndMode(), backend.active());
  }

  public static String pool(JsonObject json) {
    PoolAnswer pool = PoolAnswer.of(json);
    int backends = pool.backends().size();
    long active = pool.backends().stream().mapToLong(BackendAnswer::active).sum();
    return "pool %s: %s, %d %s, %d active"
        .formatted(
            pool.name(),
            pool.algorithm(),
            backends,
            backends == 1 ? "backend" : "backends",
            active);
  }

  public static String listener(JsonObject json) {
    ListenerAnswer listener = ListenerAnswer.of(json);
    String pool = listener.pool().isEmpty() ? "" : " to pool " + listener.pool();
    return "listener %s on %s%s: %d active"
        .formatted(listener.name(), listener.address(), pool, listener.active());
  }

  /** Steps, one a line: the text, and what happens to connections. */
  public static String steps(JsonObject json) {
    Table table = new Table().left("step", "connections");
    Items.of(json, "steps", StepAnswer::of)
        .forEach(step -> table.row(Cell.of(step.text()), Cell.of("connections: " + step.effect())));
    return table.body(Ansi.OFF);
  }

  public static String rebalance(String pool, JsonObject json) {
    List<JsonObject> backends = Items.of(json, "backends", backend -> backend);
    Table table = new Table().left("backend").right("active", "share", "closing");
    backends.forEach(
        backend ->
            table.row(
                Cell.of(backend.getString("name", "")),
                Cell.of(backend.getLong("active", 0L)),
                Cell.of(String.valueOf(backend.getValue("share"))),
                Cell.of(backend.getLong("closing", 0L))));
    return "pool %s: closing %d connections over %s%n%s"
        .formatted(
            pool,
            json.getLong("closing", 0L),
            Units.time(json.getLong("over_ms", 0L)),
            table.render(Ansi.OFF));
  }
}
