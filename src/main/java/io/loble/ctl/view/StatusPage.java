package io.loble.ctl.view;

import static java.util.stream.Collectors.joining;

import io.loble.ctl.answer.BackendAnswer;
import io.loble.ctl.answer.ListenerAnswer;
import io.loble.ctl.answer.PoolAnswer;
import io.loble.ctl.answer.RequestsAnswer;
import io.loble.ctl.answer.StatusAnswer;
import io.loble.terminal.Table;
import io.loble.terminal.Table.Cell;
import io.loble.terminal.Units;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Help.Ansi;

/** The status as tables. */
public final class StatusPage {

  private StatusPage() {}

  public static String text(StatusAnswer status, Ansi ansi) {
    String pools = status.pools().stream().map(pool -> pool(pool, ansi)).collect(joining());
    return StatusHead.text(status, ansi)
        + "\n"
        + listeners(status).render(ansi)
        + TlsLines.of(status, ansi)
        + RequestLines.of(status)
        + SourceLines.of(status, ansi)
        + pools;
  }

  private static Table listeners(StatusAnswer status) {
    Table table =
        new Table().left("listener", "address", "pool").right("active", "accepted", "rejected");
    status.listeners().forEach(listener -> listener(table, listener));
    return table;
  }

  private static void listener(Table table, ListenerAnswer listener) {
    table.row(
        Cell.of(listener.name()),
        Cell.of(listener.address()),
        Cell.of(listener.pool()),
        Cell.of(listener.active()),
        Cell.of(listener.accepted()),
        Cell.of(listener.rejected()));
  }

  private static String pool(PoolAnswer pool, Ansi ansi) {
    Table table =
        new Table()
            .left("backend", "address", "source")
            .right("weight")
            .left("state", "since")
            .right("active", "total", "failures", "to backend", "to client", "requests", "5xx")
            .left("why");
    pool.backends().forEach(backend -> backend(table, backend));
    return PoolTitle.of(pool) + table.render(ansi);
  }

  private static void backend(Table table, BackendAnswer backend) {
    table.row(
        Cell.of(backend.name()),
        PoolTitle.address(backend),
        PoolTitle.source(backend),
        Cell.of(backend.weight()),
        PoolTitle.state(backend),
        Cell.of(Times.seconds(backend.since())),
        Cell.of(backend.active()),
        Cell.of(backend.total()),
        Cell.of(backend.failures()),
        Cell.of(Units.bytes((double) backend.bytesToBackend())),
        Cell.of(Units.bytes((double) backend.bytesToClient())),
        count(backend, RequestsAnswer::total),
        count(backend, RequestsAnswer::failed),
        Cell.of(backend.reason()));
  }

  /** Nothing where the backend gets connections. */
  private static Cell count(BackendAnswer backend, ToLongFunction<RequestsAnswer> which) {
    return Cell.of(
        backend.requests().map(asked -> Long.toString(which.applyAsLong(asked))).orElse(""));
  }
}
