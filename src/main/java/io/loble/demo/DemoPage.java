package io.loble.demo;

import io.loble.sim.ClientReport;
import io.loble.terminal.Colour;
import io.loble.terminal.Table;
import io.loble.terminal.Table.Cell;
import io.loble.terminal.Units;
import io.loble.testbed.BackendFigures;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** The demo as a page: what it is, its servers, its clients, what has happened, and the keys. */
final class DemoPage {

  private static final int FIXED_LINES = 16;
  private static final int BAR = 20;

  private final Demo demo;
  private final Trend trend;
  private final Ansi ansi;
  private final String block;

  /**
   * @param block what bars are made of
   */
  DemoPage(Demo demo, Trend trend, Ansi ansi, String block) {
    this.demo = demo;
    this.trend = trend;
    this.ansi = ansi;
    this.block = block;
  }

  /** The page for a terminal with so many lines. */
  String text(int height) {
    return String.join(
        "\n", head(), servers(), clients(), keys(), news(Math.max(1, height - FIXED_LINES)));
  }

  private String head() {
    Glance now = trend.now();
    return "Loble   balancer %s, algorithm %s   dashboard http://%s/%n"
            .formatted(
                demo.address(), Colour.GREEN.paint(now.algorithm(), ansi), demo.adminAddress())
        + "connections   %d open, %s new a second, %d in all, %d turned away%n"
            .formatted(
                now.balancer().active(),
                Units.rate(trend.perSecond(glance -> glance.balancer().accepted())),
                now.balancer().accepted(),
                now.balancer().rejected());
  }

  private String servers() {
    Table table =
        new Table()
            .left("", "", "server", "state")
            .right("weight", "delay", "chaos", "open", "new/s")
            .left("share of the new")
            .right("failures");
    List<DemoServer> servers = demo.servers();
    for (int i = 0; i < servers.size(); i++) {
      server(table, i, servers.get(i));
    }
    return table.render(ansi);
  }

  private void server(Table table, int index, DemoServer server) {
    BackendFigures backend = trend.now().balancer().backend(server.id());
    boolean chosen = index == demo.chosen();
    table.row(
        Cell.of(chosen ? ">" : " "),
        Cell.of(index + 1),
        new Cell(server.id(), chosen ? Colour.BLUE : Colour.NONE),
        state(server, backend),
        Cell.of(backend.weight()),
        Cell.of(server.delay() + " ms"),
        Cell.of(server.chaos() + "%"),
        Cell.of(backend.active()),
        Cell.of(Units.rate(trend.perSecond(glance -> total(glance, server)))),
        new Cell(bar(server), Colour.GREEN),
        Cell.of(backend.failures()));
  }

  private static Cell state(DemoServer server, BackendFigures backend) {
    String mode = backend.mode().equals("ready") ? "" : " (" + backend.mode() + ")";
    String process = server.handle().isRunning() ? "" : ", killed";
    return new Cell(backend.state() + mode + process, Colour.ofState(backend.state()));
  }

  private static long total(Glance glance, DemoServer server) {
    return glance.balancer().find(server.id()).map(BackendFigures::total).orElse(0L);
  }

  private String bar(DemoServer server) {
    long all = trend.growth(glance -> sum(glance));
    double share = all == 0 ? 0 : (double) trend.growth(glance -> total(glance, server)) / all;
    String filled = block.repeat((int) Math.round(share * BAR));
    return String.format(Locale.ROOT, "%3.0f%% %-" + BAR + "s", share * 100, filled);
  }

  private static long sum(Glance glance) {
    return glance.balancer().backends().stream().mapToLong(BackendFigures::total).sum();
  }

  private String clients() {
    ClientReport report = trend.now().clients();
    Colour wrong = report.wrongAnswers() == 0 ? Colour.GREEN : Colour.RED;
    Colour failed = report.total().failed() == 0 ? Colour.GREEN : Colour.YELLOW;
    return String.format(
        Locale.ROOT,
        "clients   %d active, %s answers a second, median %.0f ms, p99 %.0f ms, %s, %s%n",
        report.total().active(),
        Units.rate(trend.perSecond(glance -> glance.clients().latency().count())),
        report.latency().p50(),
        report.latency().p99(),
        failed.paint(report.total().failed() + " failed", ansi),
        wrong.paint(report.wrongAnswers() + " wrong answers", ansi));
  }

  private String keys() {
    return "keys      1 2 3 choose a server; "
        + keys(Key.ALL.subList(0, 3))
        + "\n          "
        + keys(Key.ALL.subList(3, 6))
        + "\n          "
        + keys(Key.ALL.subList(6, 7))
        + ", "
        + Colour.BLUE.paint("q", ansi)
        + " or Ctrl-C ends it\n";
  }

  private String keys(List<Key> row) {
    return row.stream()
        .map(key -> Colour.BLUE.paint(String.valueOf(key.character()), ansi) + " " + key.label())
        .collect(Collectors.joining(", "));
  }

  private String news(int lines) {
    return "\n" + demo.news().latest(lines).stream().collect(Collectors.joining("\n", "", "\n"));
  }
}
