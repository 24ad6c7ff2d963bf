package io.loble.ctl.command;

import io.loble.ctl.client.AdminClient;
import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.JsonText;
import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine.Help.Ansi;

/**
 * What a command works with.
 *
 * @param ansi whether what is printed goes to a terminal that shows colours
 */
public record Session(AdminClient client, PrintWriter out, PrintWriter err, Form form, Ansi ansi) {

  /** How answers are shown. */
  public enum Form {
    TEXT,
    JSON
  }

  /** Prints an answer in the form that was asked for. */
  void print(Object answer, Supplier<String> text) {
    println(form == Form.JSON ? JsonText.pretty(answer) : text.get());
  }

  /** Prints lines that may or may not have an end of their own. */
  void println(String text) {
    out.println(text.stripTrailing());
    out.flush();
  }

  /** Says something on the error stream, in the form that was asked for. */
  void warn(String text) {
    err.println(
        form == Form.JSON
            ? JsonText.pretty(CtlException.problem("Warning", text))
            : "warning: " + text);
    err.flush();
  }

  /** Whether what is printed goes anywhere: not to a pipe without a reader. */
  boolean isHeard() {
    return !out.checkError();
  }
}
