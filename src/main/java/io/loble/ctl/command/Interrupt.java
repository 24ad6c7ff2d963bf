package io.loble.ctl.command;

import picocli.CommandLine.ExitCode;

/**
 * Until it is over, Ctrl-C ends the process with exit code 0: it is how commands that go on without
 * an end are meant to be ended.
 */
final class Interrupt {

  private final Thread hook = new Thread(() -> Runtime.getRuntime().halt(ExitCode.OK), "interrupt");

  private Interrupt() {}

  static Interrupt endsWell() {
    Interrupt interrupt = new Interrupt();
    Runtime.getRuntime().addShutdownHook(interrupt.hook);
    return interrupt;
  }

  /** From now on it ends the process as it would any other. */
  void over() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is being ended already.
    }
  }
}
