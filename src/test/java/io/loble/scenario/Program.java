package io.loble.scenario;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/** A program that a scenario runs, and all that it prints. Closing it kills it. */
public final class Program implements AutoCloseable {

  /** How long anything may take that is not being measured. */
  static final int PATIENCE_SECONDS = 60;

  /** Settings of the shell that runs the tests must not reach what they start. */
  private static final Pattern OURS = Pattern.compile("(LB|SERVER|CLIENT)_.*");

  private final Process process;
  private final Output out;
  private final Output err;
  private final Thread atExit = new Thread(this::kill, "kill");

  private Program(Process process) {
    this.process = process;
    this.out = Output.of(process.getInputStream());
    this.err = Output.of(process.getErrorStream());
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Starts a program, with these variables on top of those of the tests. */
  public static Program start(
      Path directory, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(new File("/dev/null"));
    builder.environment().keySet().removeIf(name -> OURS.matcher(name).matches());
    builder.environment().putAll(environment);
    try {
      return new Program(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a program to its end; fails when it says that it failed. */
  public static String run(Path directory, List<String> command) {
    try (Program program = start(directory, Map.of(), command)) {
      if (program.exitCode() != 0) {
        throw new AssertionError(command + " failed:\n" + program);
      }
      return program.out();
    }
  }

  /** What it has printed so far to standard output. */
  public String out() {
    return out.text();
  }

  /** What it has printed so far to standard error. */
  public String err() {
    return err.text();
  }

  /** Waits until something that it printed to standard output matches. */
  public MatchResult awaitOut(String regex) {
    Pattern pattern = Pattern.compile(regex);
    try {
      await()
          .atMost(PATIENCE_SECONDS, SECONDS)
          .pollInterval(10, MILLISECONDS)
          .until(() -> out.hasEnded() || found(pattern).isPresent());
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("it does not print '" + regex + "':\n" + this, e);
    }
    return found(pattern)
        .orElseThrow(() -> new AssertionError("it never printed '" + regex + "':\n" + this));
  }

  private Optional<MatchResult> found(Pattern pattern) {
    Matcher matcher = pattern.matcher(out());
    return matcher.find() ? Optional.of(matcher.toMatchResult()) : Optional.empty();
  }

  /**
   * Asks it to end, as {@code kill} and every orchestrator do: SIGTERM. Not through the {@link
   * Process}, which would close its output as well.
   */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** Sends it a signal, such as {@code HUP}. */
  void signal(String name) {
    run(Path.of("/"), List.of("kill", "-s", name, Long.toString(pid())));
  }

  long pid() {
    return process.pid();
  }

  /** The one process that it has started, and waits for: what a wrapper is around. */
  public ProcessHandle inner() {
    await()
        .atMost(PATIENCE_SECONDS, SECONDS)
        .until(() -> !process.isAlive() || process.children().findAny().isPresent());
    return process
        .children()
        .findAny()
        .orElseThrow(() -> new AssertionError("it has started nothing:\n" + this));
  }

  /** Ends it and what it has started with SIGKILL, and waits until they are gone. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end, and until all that it printed was read. */
  public int exitCode() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, SECONDS)) {
        throw new AssertionError("it does not end:\n" + this);
      }
      out.awaitEnd();
      err.awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    kill();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  @Override
  public String toString() {
    return out() + err();
  }
}
