package io.loble.sim.client;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Lays a report out as tables that fit 80 columns: what clients did, and how long answers took. */
final class ReportTable {

  private static final String HEAD = "%-16s%9s%8s%10s%9s%8s%7s%9s%n";
  private static final String ROW = "%-16s%9d%8d%10d%9d%8d%7d%9d%n";
  private static final String TIMES_HEAD = "%-16s%10s%10s%10s%10s%10s%n";
  private static final String TIMES_ROW = "%-16s%10.2f%10.2f%10.2f%10.2f%10.2f%n";

  private ReportTable() {}

  static String of(ClientReport report) {
    StringBuilder table = new StringBuilder(head());
    report.kinds().forEach((kind, row) -> table.append(usual(kind, row)));
    KindReport total = report.total();
    table.append(row("total", total));
    table.append(format(TIMES_HEAD, "", "p50", "p90", "p99", "p99.9", "max"));
    report.kinds().forEach((kind, row) -> table.append(answered(kind, row)));
    table.append(times("total", total.latency()));
    table.append(
        format("%.1f s, seed %d, latencies in ms%n", report.elapsedMillis() / 1e3, report.seed()));
    table.append(connects(total));
    if (total.failed() > 0) {
      table.append(format("failed: %s%n", reasons(total)));
    }
    if (report.heldBack() > 0) {
      table.append(format("held back by max_clients: %d%n", report.heldBack()));
    }
    report.examples().forEach(example -> table.append(example(example)));
    return table.toString();
  }

  /** Kinds that got no answers have no times. */
  private static String answered(ClientKind kind, KindReport row) {
    return row.latency().count() > 0 ? times(kind.key(), row.latency()) : "";
  }

  /** Kinds that are only there on demand have a row only when they were. */
  private static String usual(ClientKind kind, KindReport row) {
    return kind.defaultWeight() > 0 || row.started() > 0 ? row(kind.key(), row) : "";
  }

  private static String connects(KindReport total) {
    Traffic traffic = total.traffic();
    return format(
        "%d connects, p50 %.2f, p99 %.2f, max %.2f%n%d bytes sent, %d received%n",
        traffic.connects(),
        total.connect().p50(),
        total.connect().p99(),
        total.connect().max(),
        traffic.bytesSent(),
        traffic.bytesReceived());
  }

  private static String example(WrongAnswer example) {
    return format(
        "wrong: %s client %d, byte %d of an answer: expected \"%s\", got \"%s\"%n",
        example.kind().key(),
        example.client(),
        example.offset(),
        example.expected(),
        example.got());
  }

  private static String head() {
    return format(
        HEAD, "kind", "started", "active", "finished", "stopped", "failed", "wrong", "answers");
  }

  private static String row(String name, KindReport row) {
    return format(
        ROW,
        name,
        row.started(),
        row.active(),
        row.finished(),
        row.stopped(),
        row.failed(),
        row.wrongAnswers(),
        row.latency().count());
  }

  private static String times(String name, Latency latency) {
    return format(
        TIMES_ROW,
        name,
        latency.p50(),
        latency.p90(),
        latency.p99(),
        latency.p999(),
        latency.max());
  }

  private static String reasons(KindReport total) {
    return total.failures().entrySet().stream()
        .filter(reason -> reason.getValue() > 0)
        .map(ReportTable::reason)
        .collect(Collectors.joining(", "));
  }

  private static String reason(Map.Entry<Outcome, Long> reason) {
    return reason.getKey().key() + " " + reason.getValue();
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
