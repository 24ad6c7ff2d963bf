package io.loble.config.keys;

import io.loble.config.AcceptProxy;
import io.loble.config.ListenerConfig;
import io.loble.config.read.Field;
import io.loble.config.read.Problems;
import io.loble.config.read.Values;
import io.loble.model.FileMode;
import io.loble.model.UnixPath;
import java.util.ArrayList;
import java.util.List;

/** Finds keys of a listener that make no sense for its kind of address. */
final class UnixListenerKeys {

  private UnixListenerKeys() {}

  static void check(Values<ListenerConfig> values, Problems problems) {
    if (values.unusable(LobleKeys.LISTENER_ADDRESS)) {
      return;
    }
    if (values.get(LobleKeys.LISTENER_ADDRESS) instanceof UnixPath) {
      checkSocket(values, problems);
      checkClients(values, problems);
    } else if (!values.get(SocketKeys.MODE).equals(FileMode.OWNER_AND_GROUP)) {
      problems.add(
          values.place(SocketKeys.MODE),
          "only a Unix socket has a mode; leave it out, or listen on a path, such as"
              + " \"unix:/run/loble/edge.sock\"");
    }
  }

  private static void checkSocket(Values<ListenerConfig> values, Problems problems) {
    if (values.get(SocketKeys.V6ONLY)) {
      problems.add(values.place(SocketKeys.V6ONLY), "a Unix socket has no IPv6; leave it out");
    }
    if (values.get(LobleKeys.LISTENER_REUSE_PORT)) {
      problems.add(
          values.place(LobleKeys.LISTENER_REUSE_PORT),
          "two processes cannot listen on one Unix socket; leave it out");
    }
  }

  private static void checkClients(Values<ListenerConfig> values, Problems problems) {
    if (!values.get(FrontKeys.ACCEPT_PROXY_FROM).isEmpty()) {
      problems.add(
          values.place(FrontKeys.ACCEPT_PROXY_FROM),
          "clients of a Unix socket have no address to be told apart by; leave it out, and let"
              + " socket_mode say who may connect");
    }
    if (values.get(FrontKeys.ACCEPT_PROXY) == AcceptProxy.OFF) {
      ofClientAddress(values)
          .forEach(
              field ->
                  problems.add(
                      values.place(field),
                      "clients of a Unix socket have no address; leave it out, or have a PROXY"
                          + " header name them with accept_proxy = \"required\""));
    }
  }

  /** What is given and depends on the client's address. */
  private static List<Field<ListenerConfig, ?>> ofClientAddress(Values<ListenerConfig> values) {
    List<Field<ListenerConfig, ?>> given = new ArrayList<>();
    List.of(ListenerLimitKeys.ALLOW, ListenerLimitKeys.DENY, HttpKeys.TRUSTED_PROXIES).stream()
        .filter(networks -> !values.get(networks).isEmpty())
        .forEach(given::add);
    List.of(ListenerLimitKeys.ALLOW_FILE, ListenerLimitKeys.DENY_FILE).stream()
        .filter(file -> !values.get(file).isEmpty())
        .forEach(given::add);
    if (values.get(ListenerLimitKeys.PER_CLIENT).isBounded()) {
      given.add(ListenerLimitKeys.PER_CLIENT);
    }
    return given;
  }
}
