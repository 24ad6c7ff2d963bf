package io.loble.terminal;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** What a terminal shows a text in. */
public enum Colour {
  NONE(""),
  GREEN("\u001b[32m"),
  YELLOW("\u001b[33m"),
  RED("\u001b[31m"),
  BLUE("\u001b[34m");

  private static final String RESET = "\u001b[0m";

  private final String start;

  Colour(String start) {
    this.start = start;
  }

  /** That of a backend's state. */
  public static Colour ofState(String state) {
    return switch (state) {
      case "healthy" -> GREEN;
      case "draining", "half_open", "warming" -> YELLOW;
      case "unhealthy", "ejected", "circuit_open" -> RED;
      case "maintenance" -> BLUE;
      default -> NONE;
    };
  }

  /** Whether a page in place shows colours: not where the environment has NO_COLOR. */
  public static Ansi onScreen() {
    @Nullable String unwanted = System.getenv("NO_COLOR");
    return unwanted == null || unwanted.isEmpty() ? Ansi.ON : Ansi.OFF;
  }

  public String paint(String text, Ansi ansi) {
    return this == NONE || !ansi.enabled() ? text : start + text + RESET;
  }
}
