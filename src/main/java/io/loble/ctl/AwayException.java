package io.loble.ctl;

import picocli.CommandLine.ExitCode;

/** The balancer does not answer now; it may later. */
final class AwayException extends CtlException {

  private static final long serialVersionUID = 1L;

  AwayException(String message) {
    super(ExitCode.SOFTWARE, message);
  }
}
