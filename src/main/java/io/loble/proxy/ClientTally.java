package io.loble.proxy;

import io.loble.net.PeerAddress;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Adds sessions up by the address of their client. */
final class ClientTally {

  private final Map<Optional<InetAddress>, LiveClients.Share> byAddress = new HashMap<>();
  private long total;
  private boolean complete = true;

  void add(SessionRecord session) {
    total++;
    Optional<InetAddress> client = Optional.ofNullable(PeerAddress.ip(session.client()));
    if (byAddress.size() < LiveClients.MOST || byAddress.containsKey(client)) {
      byAddress.merge(client, session.share(), LiveClients.Share::plus);
    } else {
      complete = false;
    }
  }

  LiveClients result() {
    return new LiveClients(total, byAddress, complete);
  }
}
