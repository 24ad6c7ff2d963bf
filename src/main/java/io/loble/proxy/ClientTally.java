package io.loble.proxy;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** Adds sessions up by the address of their client. */
final class ClientTally {

  private final Map<InetAddress, LiveClients.Share> byAddress = new HashMap<>();
  private long total;
  private boolean complete = true;

  void add(SessionRecord session) {
    total++;
    InetAddress client = session.client().getAddress();
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
