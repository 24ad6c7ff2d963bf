package io.loble.ctl.command;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The terminal that the process was started in, and answers typed there. */
final class Keyboard {

  private Keyboard() {}

  /** The terminal that both input and output of the process are; empty when one of them is not. */
  static Optional<Console> console() {
    @Nullable Console console = System.console();
    return Optional.ofNullable(console).filter(Keyboard::isTerminal);
  }

  /** A question; anything but yes is a no. */
  static boolean agrees(Console console, String question) {
    @Nullable String answer = console.readLine("%s [y/N] ", question);
    return answer != null && answer.strip().matches("(?i)y(es)?");
  }

  /** From JDK 22 on there may be a console that is no terminal; before, there is none then. */
  private static boolean isTerminal(Console console) {
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }
}
