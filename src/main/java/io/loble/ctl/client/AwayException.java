package io.loble.ctl.client;

import io.vertx.core.json.JsonObject;
import picocli.CommandLine.ExitCode;

/** The balancer does not answer now; it may later. */
public final class AwayException extends CtlException {

  private static final long serialVersionUID = 1L;

  AwayException(String message) {
    super(ExitCode.SOFTWARE, "Unreachable", message);
  }

  AwayException(String message, JsonObject problem) {
    super(ExitCode.SOFTWARE, message, problem);
  }
}
