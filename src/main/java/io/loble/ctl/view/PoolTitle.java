package io.loble.ctl.view;

import io.loble.ctl.answer.BackendAnswer;
import io.loble.ctl.answer.PoolAnswer;
import io.loble.model.Condition;
import io.loble.terminal.Colour;
import io.loble.terminal.Table.Cell;

/** What every table of a pool has in common. */
public final class PoolTitle {

  private PoolTitle() {}

  /** The lines above the table. */
  public static String of(PoolAnswer pool) {
    String none = pool.backends().isEmpty() ? ", no backends" : "";
    return "\npool " + pool.name() + ", " + pool.algorithm() + none + "\n";
  }

  /** Nothing where the backend is called by its address. */
  public static Cell address(BackendAnswer backend) {
    return Cell.of(backend.address().equals(backend.name()) ? "" : backend.address());
  }

  /** Nothing where the configuration names it. */
  static Cell source(BackendAnswer backend) {
    return Cell.of(backend.isFound() ? backend.source() : "");
  }

  static Cell state(BackendAnswer backend) {
    return new Cell(backend.stateAndMode(), Colour.ofState(backend.state()));
  }

  /** What the operator wants where that is something else, but for what failures do. */
  public static Cell briefState(BackendAnswer backend) {
    boolean failed = backend.state().equals("unhealthy") && !backend.isReady();
    String text = Condition.modeOrState(backend.state(), backend.mode());
    return new Cell(failed ? "down, " + text : text, Colour.ofState(backend.state()));
  }
}
