package io.loble.cli;

/** What the process's exit status says. */
final class ExitCodes {

  /** Done. */
  static final int DONE = 0;

  /** It failed while it ran. */
  static final int FAILED = 1;

  /** The command line or the configuration cannot be used. */
  static final int USAGE = 2;

  /** Not an exit status: the command goes on in the background, and the process with it. */
  static final int RUNNING = -1;

  private ExitCodes() {}
}
