package io.loble.ctl;

import static java.util.stream.Collectors.joining;

import io.loble.terminal.Table;
import io.loble.terminal.Table.Cell;
import io.loble.terminal.Units;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import picocli.CommandLine.Help.Ansi;

/** The status and its rates as tables. */
final class WatchPage {

  private static final String UNKNOWN = "-";

  private final Rates rates;
  private final Ansi ansi;

  WatchPage(Rates rates, Ansi ansi) {
    this.rates = rates;
    this.ansi = ansi;
  }

  String text() {
    StatusAnswer status = rates.after().status();
    String pools = status.pools().stream().map(this::pool).collect(joining());
    return StatusHead.text(status, ansi) + "\n" + listeners(status).render(ansi) + pools;
  }

  private Table listeners(StatusAnswer status) {
    Table table =
        new Table().left("listener", "address", "pool").right("active", "accepted/s", "rejected/s");
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
            .left("backend", "address")
            .right("weight")
            .left("state")
            .right("active", "connections/s", "failures/s", "to backend/s", "to client/s");
    pool.backends().forEach(backend -> backend(table, pool.name(), backend));
    return PoolTitle.of(pool) + table.render(ansi);
  }

  private void backend(Table table, String pool, BackendAnswer backend) {
    table.row(
        Cell.of(backend.name()),
        PoolTitle.address(backend),
        Cell.of(backend.weight()),
        PoolTitle.state(backend),
        Cell.of(backend.active()),
        cell(rates.of(pool, backend, BackendAnswer::total), Units::rate),
        cell(rates.of(pool, backend, BackendAnswer::failures), Units::rate),
        cell(rates.of(pool, backend, BackendAnswer::bytesToBackend), Units::bytes),
        cell(rates.of(pool, backend, BackendAnswer::bytesToClient), Units::bytes));
  }

  private static Cell cell(OptionalDouble rate, DoubleFunction<String> form) {
    return Cell.of(rate.isEmpty() ? UNKNOWN : form.apply(rate.getAsDouble()));
  }
}
