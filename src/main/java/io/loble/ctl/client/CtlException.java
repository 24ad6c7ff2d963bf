package io.loble.ctl.client;

import io.vertx.core.json.JsonObject;
import picocli.CommandLine.ExitCode;

/** Why a command could not be carried out, in words for its user. */
public class CtlException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final transient JsonObject problem;

  /**
   * @param problem the same as an object of RFC 9457
   */
  CtlException(int exitCode, String message, JsonObject problem) {
    super(message);
    this.exitCode = exitCode;
    this.problem = problem;
  }

  CtlException(int exitCode, String title, String message) {
    this(exitCode, message, problem(title, message));
  }

  /** The command line is wrong. */
  public static CtlException usage(String message) {
    return new CtlException(ExitCode.USAGE, "Bad usage", message);
  }

  /** The command line may well be right. */
  public static CtlException failed(String message) {
    return new CtlException(ExitCode.SOFTWARE, "Failed", message);
  }

  /** An object of RFC 9457 that no balancer has sent, and that has no HTTP status therefore. */
  public static JsonObject problem(String title, String detail) {
    return new JsonObject().put("type", "about:blank").put("title", title).put("detail", detail);
  }

  /** What the process is to exit with. */
  public final int exitCode() {
    return exitCode;
  }

  /** What {@code --json} prints of it. */
  public final JsonObject problem() {
    return problem;
  }
}
