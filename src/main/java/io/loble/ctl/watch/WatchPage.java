package io.loble.ctl.watch;

import static java.util.stream.Collectors.joining;

import io.loble.ctl.answer.BackendAnswer;
import io.loble.ctl.answer.ListenerAnswer;
import io.loble.ctl.answer.PoolAnswer;
import io.loble.ctl.answer.StatusAnswer;
import io.loble.ctl.view.PoolTitle;
import io.loble.ctl.view.SourceLines;
import io.loble.ctl.view.StatusHead;
import io.loble.terminal.Shortened;
import io.loble.terminal.Table;
import io.loble.terminal.Table.Cell;
import io.loble.terminal.Units;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/** The status and its rates as tables that fit a width. */
final class WatchPage {

  private static final String UNKNOWN = "-";

  /** From here on there is room for addresses beside names. */
  private static final int WIDE = 120;

  private final Rates rates;
  private final Instant now;
  private final Layout layout;

  WatchPage(Rates rates, Instant now, Layout layout) {
    this.rates = rates;
    this.now = now;
    this.layout = layout;
  }

  String text() {
    StatusAnswer status = rates.after().status();
    String pools = status.pools().stream().map(this::pool).collect(joining());
    return StatusHead.brief(status, layout.width(), layout.ansi())
        + "\n"
        + listeners(status).render(layout.ansi(), layout.width())
        + pools;
  }

  private Table listeners(StatusAnswer status) {
    Table table =
        new Table()
            .names("listener", "address", "pool")
            .right("active", "accepted/s", "rejected/s");
    status.listeners().forEach(listener -> listener(table, listener));
    return table;
  }

  private void listener(Table table, ListenerAnswer listener) {
    table.row(
        Cell.of(listener.name()),
        Cell.of(listener.address()),
        Cell.of(listener.pool()),
        Cell.of(listener.active()),
        cell(rates.of(listener, ListenerAnswer::accepted), Units::rate),
        cell(rates.of(listener, ListenerAnswer::rejected), Units::rate));
  }

  private String pool(PoolAnswer pool) {
    Table table =
        new Table()
            .names("backend", "address")
            .right("weight")
            .left("state")
            .right("for", "active", "new/s", "failed/s", "in/s", "out/s");
    layout.order().sorted(pool, rates).forEach(backend -> backend(table, pool.name(), backend));
    String titled = PoolTitle.of(pool).strip() + SourceLines.brief(pool);
    String title = Shortened.end(titled, layout.width());
    return "\n" + title + "\n" + table.render(layout.ansi(), layout.width());
  }

  private void backend(Table table, String pool, BackendAnswer backend) {
    table.row(
        Cell.of(backend.name()),
        layout.width() < WIDE ? Cell.of("") : PoolTitle.address(backend),
        Cell.of(backend.weight()),
        PoolTitle.briefState(backend),
        Cell.of(age(backend.since())),
        Cell.of(backend.active()),
        cell(rates.of(pool, backend, BackendAnswer::total), Units::rate),
        cell(rates.of(pool, backend, BackendAnswer::failures), Units::rate),
        cell(rates.of(pool, backend, BackendAnswer::bytesToBackend), Units::briefBytes),
        cell(rates.of(pool, backend, BackendAnswer::bytesToClient), Units::briefBytes));
  }

  /** Not below zero, where the clock of the balancer is ahead of this one. */
  private String age(String since) {
    try {
      long millis = now.toEpochMilli() - Instant.parse(since).toEpochMilli();
      return Units.briefTime(Math.max(0, millis));
    } catch (DateTimeParseException e) {
      return "";
    }
  }

  private static Cell cell(OptionalDouble rate, DoubleFunction<String> form) {
    return Cell.of(rate.isEmpty() ? UNKNOWN : form.apply(rate.getAsDouble()));
  }
}
