package io.loble.config;

import java.time.Duration;

/**
 * What is done with the requests that a route takes.
 *
 * @param stripPrefix what is taken off their paths where they begin with it, up to a border of
 *     segments; written without a slash at its end; empty for nothing
 * @param timeout until when the answer has to begin; zero for no bound
 * @param redirectToHttps whether clients are told to come back by TLS; then no backend gets the
 *     request
 */
public record RouteAction(String stripPrefix, Duration timeout, boolean redirectToHttps) {

  /** They go to a backend as they are. */
  public static final RouteAction NONE = new RouteAction("", Duration.ZERO, false);

  public RouteAction {
    stripPrefix = HttpMatch.withoutSlash(stripPrefix);
  }

  /** The path that a backend is asked for. Begins with a slash where the client's does. */
  public String stripped(String path) {
    if (stripPrefix.isEmpty() || stripPrefix.equals("/") || !HttpMatch.begins(path, stripPrefix)) {
      return path;
    }
    return path.length() == stripPrefix.length() ? "/" : path.substring(stripPrefix.length());
  }
}
