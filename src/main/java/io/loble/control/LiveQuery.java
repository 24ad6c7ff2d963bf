package io.loble.control;

import io.loble.proxy.ClientRange;
import io.loble.proxy.LiveConnections;

/** Reads from arguments which live connections are meant. */
final class LiveQuery {

  private final KnownNames known;

  LiveQuery(RunningBalancer balancer) {
    this.known = new KnownNames(balancer);
  }

  /**
   * @param limit how many are listed when the arguments do not say it
   * @param most how many may be asked for
   */
  LiveConnections.Query of(Arguments arguments, long limit, long most) {
    arguments.allowOnly("pool", "backend", "listener", "client", "limit");
    return new LiveConnections.Query(
        arguments.optionalText("listener"),
        arguments.optionalText("pool"),
        arguments.optionalText("backend").map(known::backendName),
        arguments.optionalText("client").map(LiveQuery::range),
        arguments.number("limit", 1, most).orElse(limit).intValue());
  }

  /** To be called where nothing was found: a name may be one that nothing has. */
  void checkNames(LiveConnections.Query query) {
    known.check(query);
  }

  private static ClientRange range(String text) {
    return ClientRange.parse(text)
        .orElseThrow(
            () ->
                CommandException.invalidArgument(
                    "client: expected %s; found the string \"%s\""
                        .formatted(ClientRange.EXAMPLES, text)));
  }
}
