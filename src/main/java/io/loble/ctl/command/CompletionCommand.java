package io.loble.ctl.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ctl completion}: the one that asks no balancer. */
@Command(
    name = "completion",
    description = "Prints a bash and zsh completion script for the command 'loble'.")
final class CompletionCommand implements Runnable {

  private static final String NAME = "loble";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(AutoComplete.bash(NAME, spec.root().commandLine()));
    out.print(names());
    out.flush();
  }

  /** The part that completes names of backends, pools and listeners. */
  private static String names() {
    try (InputStream script = CompletionCommand.class.getResourceAsStream("completion.bash")) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
