package io.loble.control;

import java.util.Collection;

/** A command that was refused, with a message for whoever gave it. */
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status an HTTP status code of 400 to 599, whichever way the command came
   * @param message what was wrong and what would be right
   */
  public CommandException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** Something was named that does not exist. */
  static CommandException unknown(String what, String name, Collection<String> known) {
    String choice = known.isEmpty() ? "there is none" : "known: " + String.join(", ", known);
    return new CommandException(404, "no %s is called \"%s\"; %s".formatted(what, name, choice));
  }

  public int status() {
    return status;
  }
}
