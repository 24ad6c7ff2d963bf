package io.loble.ctl.view;

import static java.util.stream.Collectors.joining;

import io.loble.ctl.answer.PoolAnswer;
import io.loble.ctl.answer.SourceAnswer;
import io.loble.ctl.answer.StatusAnswer;
import io.loble.terminal.Colour;
import picocli.CommandLine.Help.Ansi;

/** What pools find backends by: a line for each of their sources. */
public final class SourceLines {

  private SourceLines() {}

  /** Nothing where there are only backends that the configuration names. */
  static String of(StatusAnswer status, Ansi ansi) {
    String lines = status.pools().stream().map(pool -> lines(pool, ansi)).collect(joining());
    return lines.isEmpty() ? "" : "\n" + lines;
  }

  private static String lines(PoolAnswer pool, Ansi ansi) {
    return pool.sources().stream().map(source -> line(pool, source, ansi)).collect(joining());
  }

  private static String line(PoolAnswer pool, SourceAnswer source, Ansi ansi) {
    String state = colour(source.state()).paint(source.stateInWords(), ansi);
    return "%s %s of pool %s: %s since %s%s%s\n"
        .formatted(
            source.kind(),
            source.of(),
            pool.name(),
            state,
            Times.seconds(source.since()),
            source.detail().isEmpty() ? "" : " (" + source.detail() + ")",
            backends(source));
  }

  private static String backends(SourceAnswer source) {
    String many = source.backends() + (source.backends() == 1 ? " backend" : " backends");
    if (source.isOk()) {
      return ", " + many;
    }
    return source.backends() == 0
        ? ", no backends"
        : ", in use: %s of %s".formatted(many, Times.seconds(source.answeredAt()));
  }

  /** The sources of a pool that name no backends now, in a few words; empty where all do. */
  public static String brief(PoolAnswer pool) {
    return pool.sources().stream()
        .filter(source -> !source.isOk())
        .map(source -> ", %s: %s".formatted(source.kind(), source.stateInWords()))
        .collect(joining());
  }

  private static Colour colour(String state) {
    return switch (state) {
      case "ok" -> Colour.GREEN;
      case "not_found", "failed" -> Colour.RED;
      default -> Colour.YELLOW;
    };
  }
}
