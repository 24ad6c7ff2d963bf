package io.loble.control;

import io.loble.config.ListenerConfig;
import java.util.function.Function;

/**
 * What of a listener holds for as long as its socket is open. To change it, the listener has to be
 * opened anew, which refuses clients for a moment and ends connections.
 *
 * @param transport by which sockets are driven
 */
record OpenSocket(String transport) {

  private static final String ADD_AGAIN = "remove the listener and add it again";
  private static final String OR_FILE = "change it in the file, or " + ADD_AGAIN;

  /** Refuses a change that the open socket cannot take over. */
  void check(ListenerConfig before, ListenerConfig after) {
    check("address", ListenerConfig::address, before, after, OR_FILE);
    check("reuse_port", ListenerConfig::reusePort, before, after, ADD_AGAIN);
    check("v6only", listener -> listener.socket().v6only(), before, after, OR_FILE);
    if (!transport.equals("epoll")) {
      check("backlog", listener -> listener.socket().backlog(), before, after, OR_FILE);
    }
  }

  private static void check(
      String key,
      Function<ListenerConfig, ?> value,
      ListenerConfig before,
      ListenerConfig after,
      String instead) {
    if (!value.apply(before).equals(value.apply(after))) {
      throw CommandException.invalidArgument(
          "%s: cannot be changed without opening the listener anew; %s".formatted(key, instead));
    }
  }
}
