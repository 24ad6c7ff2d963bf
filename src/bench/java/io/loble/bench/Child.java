package io.loble.bench;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program that was started. What it prints goes to a file. Closing it kills it. */
final class Child implements AutoCloseable {

  /** Settings of the shell that runs the benchmarks must not reach what they start. */
  private static final Pattern OURS = Pattern.compile("(LB|SERVER|CLIENT)_.*");

  private final Process process;
  private final Path log;
  private final Thread atExit = new Thread(this::kill, "kill");

  private Child(Process process, Path log) {
    this.process = process;
    this.log = log;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  static Child start(Path directory, List<String> command) throws IOException {
    Path log = Files.createTempFile(directory, "output", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> OURS.matcher(name).matches());
    return new Child(builder.start(), log);
  }

  /** Runs a program to its end, and returns what it printed. */
  static String run(Path directory, int patienceSeconds, List<String> command)
      throws IOException, InterruptedException {
    try (Child child = start(directory, command)) {
      if (!child.process.waitFor(patienceSeconds, SECONDS)) {
        throw new IOException(command + " does not end:\n" + child.output());
      }
      if (child.process.exitValue() != 0) {
        throw new IOException(command + " failed:\n" + child.output());
      }
      return child.output();
    }
  }

  /** It and what it has started. */
  List<Long> pids() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(ProcessHandle::pid)
        .toList();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has printed so far. */
  String output() throws IOException {
    return Files.readString(log);
  }

  /** The parent first, so that it cannot replace the children. */
  private void kill() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }
}
