package io.loble.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code loble run}: the load balancer. */
@Command(
    name = RunCommand.NAME,
    description = "Runs the load balancer.",
    mixinStandardHelpOptions = true,
    versionProvider = LobleVersion.class,
    sortOptions = false)
final class RunCommand implements Callable<Integer> {

  static final String NAME = "run";

  @Mixin private final RunOptions options = new RunOptions();

  @Override
  public Integer call() throws Exception {
    return new Launch(options).run();
  }
}
