package io.loble.demo;

import io.loble.model.Condition;
import io.loble.sim.client.ClientReport;
import io.loble.terminal.Colour;
import io.loble.terminal.Shortened;
import io.loble.terminal.Table;
import io.loble.terminal.Table.Cell;
import io.loble.terminal.Units;
import io.loble.testbed.BackendFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/**
 * The demo as a page: where everything is, its clients, its servers, the keys, and what has
 * happened. It fits 80 columns and 24 lines, and uses more where there is more.
 */
final class DemoPage {

  private static final int LABEL = 13;
  private static final int MOST_BAR = 20;

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

  /** The page for a terminal with so many columns and lines. */
  String text(int width, int height) {
    List<String> lines = new ArrayList<>();
    lines.add("Loble demo, algorithm " + Colour.GREEN.paint(trend.now().algorithm(), ansi));
    lines.addAll(Addresses.of(demo));
    lines.add("");
    lines.add(connections());
    lines.addAll(clients());
    lines.add("");
    lines.addAll(servers(width));
    lines.add("");
    lines.addAll(keys());
    lines.add("");
    demo.news().latest(Math.max(1, height - lines.size())).stream()
        .map(news -> Shortened.end(news, width))
        .forEach(lines::add);
    return String.join("\n", lines) + "\n";
  }

  private String connections() {
    Glance now = trend.now();
    return label("connections")
        + "%d open, %s new a second, %d in all, %d turned away"
            .formatted(
                now.balancer().active(),
                Units.rate(trend.perSecond(glance -> glance.balancer().accepted())),
                now.balancer().accepted(),
                now.balancer().rejected());
  }

  private List<String> clients() {
    ClientReport report = trend.now().clients();
    Colour wrong = report.wrongAnswers() == 0 ? Colour.GREEN : Colour.RED;
    Colour failed = report.total().failed() == 0 ? Colour.GREEN : Colour.YELLOW;
    return List.of(
        label("clients")
            + String.format(
                Locale.ROOT,
                "%d active, %s answers a second, p50 %.0f ms, p99 %.0f ms",
                report.total().active(),
                Units.rate(trend.perSecond(glance -> glance.clients().latency().count())),
                report.latency().p50(),
                report.latency().p99()),
        label("")
            + failed.paint(report.total().failed() + " failed", ansi)
            + ", "
            + wrong.paint(report.wrongAnswers() + " wrong answers", ansi));
  }

  /** The bars get what the rest leaves of the width. */
  private List<String> servers(int width) {
    int rest = servers(0, Ansi.OFF).stream().mapToInt(String::length).max().orElse(0);
    return servers(Math.max(0, Math.min(MOST_BAR, width - rest - 1)), ansi);
  }

  private List<String> servers(int bar, Ansi style) {
    Table table =
        new Table()
            .left("  server", "state")
            .right("weight", "delay", "drops", "open", "new/s", "failed", "share")
            .left("");
    List<DemoServer> servers = demo.servers();
    for (int i = 0; i < servers.size(); i++) {
      server(table, i == demo.chosen(), servers.get(i), bar);
    }
    return table.render(style).lines().toList();
  }

  private void server(Table table, boolean chosen, DemoServer server, int bar) {
    BackendFigures backend = trend.now().balancer().backend(server.id());
    double share = share(server);
    table.row(
        new Cell((chosen ? "> " : "  ") + server.id(), chosen ? Colour.BLUE : Colour.NONE),
        state(backend),
        Cell.of(backend.weight()),
        Cell.of(server.handle().isRunning() ? server.delay() + " ms" : "killed"),
        Cell.of(server.chaos() == 0 ? "" : server.chaos() + "%"),
        Cell.of(backend.active()),
        Cell.of(Units.rate(trend.perSecond(glance -> total(glance, server)))),
        Cell.of(backend.failures()),
        Cell.of(Math.round(share * 100) + "%"),
        new Cell(block.repeat((int) Math.round(share * bar)), Colour.GREEN));
  }

  /** What the operator wants of it where that is not the usual. */
  private static Cell state(BackendFigures backend) {
    String text = Condition.modeOrState(backend.state(), backend.mode());
    return new Cell(text, Colour.ofState(backend.state()));
  }

  private static long total(Glance glance, DemoServer server) {
    return glance.balancer().find(server.id()).map(BackendFigures::total).orElse(0L);
  }

  /** Of the new connections. */
  private double share(DemoServer server) {
    long all = trend.growth(glance -> sum(glance));
    return all == 0 ? 0 : (double) trend.growth(glance -> total(glance, server)) / all;
  }

  private static long sum(Glance glance) {
    return glance.balancer().backends().stream().mapToLong(BackendFigures::total).sum();
  }

  private List<String> keys() {
    return List.of(
        label("keys")
            + Colour.BLUE.paint("1 2 3", ansi)
            + " choose a server; "
            + keys(Key.ALL.subList(0, 2)),
        label("") + keys(Key.ALL.subList(2, 4)),
        label("")
            + keys(Key.ALL.subList(4, 7))
            + ", "
            + Colour.BLUE.paint("q", ansi)
            + " or Ctrl-C quit");
  }

  private String keys(List<Key> row) {
    return row.stream()
        .map(key -> Colour.BLUE.paint(String.valueOf(key.character()), ansi) + " " + key.label())
        .collect(Collectors.joining(", "));
  }

  private static String label(String text) {
    return text + " ".repeat(LABEL - text.length());
  }
}
