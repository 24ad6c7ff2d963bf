package io.loble.ctl.view;

import static java.util.stream.Collectors.joining;

import io.loble.ctl.answer.StatusAnswer;
import io.loble.ctl.answer.TlsAnswer;
import io.loble.terminal.Colour;
import picocli.CommandLine.Help.Ansi;

/** What the status says of TLS: a line for each listener and pool that has it, and its warnings. */
final class TlsLines {

  private final StringBuilder lines = new StringBuilder();
  private final Ansi ansi;

  private TlsLines(Ansi ansi) {
    this.ansi = ansi;
  }

  /** Nothing where there is no TLS. */
  static String of(StatusAnswer status, Ansi ansi) {
    TlsLines all = new TlsLines(ansi);
    status.listeners().forEach(l -> l.tls().ifPresent(tls -> all.add("listener " + l.name(), tls)));
    status.pools().forEach(p -> p.tls().ifPresent(tls -> all.add("pool " + p.name(), tls)));
    return all.lines.isEmpty() ? "" : "\n" + all.lines;
  }

  private void add(String owner, TlsAnswer tls) {
    String verify = tls.verify().isEmpty() ? "" : "verify " + tls.verify() + ", ";
    lines.append(
        "TLS of %s: %s%s%s\n".formatted(owner, verify, certificates(tls), handshakes(tls)));
    tls.warnings()
        .forEach(warning -> lines.append(Colour.YELLOW.paint("  " + warning, ansi)).append('\n'));
  }

  private static String certificates(TlsAnswer tls) {
    long count = tls.certificates();
    String many = count > 1 ? count + " certificates, the first (%s) ends" : "%s ends";
    return tls.first()
        .map(first -> many.formatted(first.file()) + " in %d days, ".formatted(first.daysLeft()))
        .orElse("");
  }

  private static String handshakes(TlsAnswer tls) {
    String failed =
        tls.failed().entrySet().stream()
            .map(reason -> reason.getValue() + " " + reason.getKey())
            .collect(joining(", "));
    return "%d handshakes (%d resumed), %s"
        .formatted(tls.ok(), tls.resumed(), failed.isEmpty() ? "none failed" : "failed: " + failed);
  }
}
