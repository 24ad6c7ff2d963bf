package io.loble.scenario;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/** A terminal that a program runs in, with keys that can be pressed and a screen to look at. */
final class Tmux implements AutoCloseable {

  private static final String WIDTH = "80";
  private static final String HEIGHT = "24";

  /** One that is told to end still holds its socket for a moment. */
  private static final AtomicInteger STARTED = new AtomicInteger();

  private final String tmux;
  private final Path directory;
  private final String socket;

  private Tmux(String tmux, Path directory) {
    this.tmux = tmux;
    this.directory = directory;
    this.socket = directory.resolve("tmux" + STARTED.incrementAndGet()).toString();
  }

  /** Runs a program; afterwards its exit code stays on the screen, as {@code exit 0}. */
  static Tmux start(Path directory, List<String> command) {
    Tmux terminal = new Tmux(Peers.path("tmux"), directory);
    List<String> arguments =
        new ArrayList<>(List.of("-f", "/dev/null", "new-session", "-d", "-x", WIDTH, "-y", HEIGHT));
    arguments.addAll(
        List.of("sh", "-c", "trap : INT; LC_ALL=C.UTF-8 \"$@\"; echo exit $?; cat", "sh"));
    arguments.addAll(command);
    terminal.run(arguments);
    return terminal;
  }

  /** Presses keys, by the names that tmux has for them. */
  void press(String... keys) {
    List<String> arguments = new ArrayList<>(List.of("send-keys"));
    arguments.addAll(List.of(keys));
    run(arguments);
  }

  /** What is on the screen. */
  String screen() {
    return run(List.of("capture-pane", "-p"));
  }

  /** The same with the sequences that set colours. */
  String colours() {
    return run(List.of("capture-pane", "-p", "-e"));
  }

  /** Waits until something on the screen matches. */
  void awaitScreen(String regex) {
    Pattern pattern = Pattern.compile(regex);
    try {
      await()
          .atMost(Program.PATIENCE_SECONDS, SECONDS)
          .pollInterval(100, MILLISECONDS)
          .until(() -> pattern.matcher(screen()).find());
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("it does not show '" + regex + "':\n" + screen(), e);
    }
  }

  private String run(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(tmux, "-S", socket));
    command.addAll(arguments);
    return Program.run(directory, command);
  }

  @Override
  public void close() {
    run(List.of("kill-server"));
  }
}
