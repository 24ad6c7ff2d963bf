package io.loble.control;

import io.loble.proxy.RequestInfo;
import org.jspecify.annotations.Nullable;

/**
 * A request as somebody describes it: one without headers.
 *
 * @param host in lower case and without a port; null when it is for none
 * @param path without the query
 */
record StatedRequest(String method, @Nullable String host, String path) implements RequestInfo {

  private static final String METHOD = "method";
  private static final String HOST = "host";
  private static final String PATH = "path";

  static StatedRequest of(Arguments arguments) {
    return new StatedRequest(
        arguments.optionalText(METHOD).orElse("GET"),
        arguments.optionalText(HOST).map(RequestInfo::hostOf).orElse(null),
        path(arguments.optionalText(PATH).orElse("/")));
  }

  private static String path(String target) {
    if (!target.startsWith("/") && !target.equals("*")) {
      throw CommandException.invalidArgument(
          "path: expected a path such as /api/users, found the string \"" + target + '"');
    }
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** Refuses to be told of one, where it would change nothing. */
  static void refuse(Arguments arguments, String listener) {
    for (String name : new String[] {METHOD, HOST, PATH}) {
      if (arguments.optionalText(name).isPresent()) {
        throw CommandException.invalidArgument(
            name + ": the listener " + listener + " balances connections, not requests");
      }
    }
  }

  @Override
  public @Nullable String header(String name) {
    return null;
  }
}
