package io.loble.ctl.view;

import io.loble.ctl.answer.ConfigAnswer;
import io.loble.ctl.answer.StatusAnswer;
import io.loble.terminal.Colour;
import io.loble.terminal.Paragraph;
import io.loble.terminal.Units;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** What the status says of the whole process, above its tables. */
public final class StatusHead {

  private static final String DRAINING = ", draining";

  private StatusHead() {}

  static String text(StatusAnswer status, Ansi ansi) {
    String draining = status.draining() ? ", " + Colour.YELLOW.paint("draining", ansi) : "";
    return line(status)
        + draining
        + "\n"
        + error(status.config(), Integer.MAX_VALUE, ansi)
        + differs(status.config());
  }

  /** The same in lines of that width, and what is changed in a line. */
  public static String brief(StatusAnswer status, int width, Ansi ansi) {
    ConfigAnswer config = status.config();
    Colour colour = status.draining() ? Colour.YELLOW : Colour.NONE;
    return painted(line(status) + (status.draining() ? DRAINING : ""), width, colour, ansi)
        + error(config, width, ansi)
        + (config.differs().isEmpty() ? "" : painted(count(config), width, Colour.NONE, ansi));
  }

  private static String line(StatusAnswer status) {
    ConfigAnswer config = status.config();
    return "%s: loble %s, up %s, transport %s%s, snapshot %d, configuration %d of %s"
        .formatted(
            status.id(),
            status.version(),
            Units.time(status.uptimeMillis()),
            status.transport(),
            status.tlsEngine().map(engine -> ", TLS by " + engine).orElse(""),
            status.snapshotVersion(),
            config.version(),
            config.loadedAt());
  }

  private static String error(ConfigAnswer config, int width, Ansi ansi) {
    return config
        .error()
        .map(error -> painted("the file was refused: " + error, width, Colour.RED, ansi))
        .orElse("");
  }

  private static String painted(String text, int width, Colour colour, Ansi ansi) {
    return Paragraph.lines(text, width).stream()
        .map(line -> colour.paint(line, ansi) + "\n")
        .collect(Collectors.joining());
  }

  private static String count(ConfigAnswer config) {
    return "changed since, and not in "
        + file(config)
        + ": "
        + config.differs().size()
        + "; see ctl status";
  }

  private static String differs(ConfigAnswer config) {
    if (config.differs().isEmpty()) {
      return "";
    }
    return "changed since, and not in "
        + file(config)
        + ":\n"
        + config.differs().stream()
            .map(step -> "  " + step.text() + "\n")
            .collect(Collectors.joining());
  }

  private static String file(ConfigAnswer config) {
    return config.file().isEmpty() ? "what it was started with" : config.file();
  }
}
