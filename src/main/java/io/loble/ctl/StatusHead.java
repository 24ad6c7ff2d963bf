package io.loble.ctl;

import io.loble.terminal.Colour;
import io.loble.terminal.Units;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** What the status says of the whole process, above its tables. */
final class StatusHead {

  private StatusHead() {}

  static String text(StatusAnswer status, Ansi ansi) {
    return line(status, ansi) + error(status.config(), ansi) + differs(status.config());
  }

  private static String line(StatusAnswer status, Ansi ansi) {
    ConfigAnswer config = status.config();
    String text =
        "%s: loble %s, up %s, transport %s, snapshot %d, configuration %d of %s"
            .formatted(
                status.id(),
                status.version(),
                Units.time(status.uptimeMillis()),
                status.transport(),
                status.snapshotVersion(),
                config.version(),
                config.loadedAt());
    return text + (status.draining() ? ", " + Colour.YELLOW.paint("draining", ansi) : "") + "\n";
  }

  private static String error(ConfigAnswer config, Ansi ansi) {
    return config
        .error()
        .map(error -> Colour.RED.paint("the file was refused: " + error, ansi) + "\n")
        .orElse("");
  }

  private static String differs(ConfigAnswer config) {
    if (config.differs().isEmpty()) {
      return "";
    }
    String file = config.file().isEmpty() ? "what it was started with" : config.file();
    return "changed since, and not in "
        + file
        + ":\n"
        + config.differs().stream()
            .map(step -> "  " + step.text() + "\n")
            .collect(Collectors.joining());
  }
}
