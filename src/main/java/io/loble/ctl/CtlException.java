package io.loble.ctl;

import picocli.CommandLine.ExitCode;

/** Why a command could not be carried out, in words for whoever gave it. */
class CtlException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  CtlException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The command line is wrong. */
  static CtlException usage(String message) {
    return new CtlException(ExitCode.USAGE, message);
  }

  /** The command line may well be right. */
  static CtlException failed(String message) {
    return new CtlException(ExitCode.SOFTWARE, message);
  }

  /** What the process is to exit with. */
  final int exitCode() {
    return exitCode;
  }
}
