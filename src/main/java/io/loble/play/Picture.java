package io.loble.play;

import io.loble.sim.client.ClientReport;
import io.loble.testbed.BalancerFigures;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * All figures of a scenario at some moment.
 *
 * @param counts what its counters have grown by
 * @param servers what each server says of itself, by id
 * @param clients what each run of clients has done, by name
 */
record Picture(
    BalancerFigures balancer,
    Counts counts,
    Map<String, JsonObject> servers,
    Map<String, ClientReport> clients) {

  Picture {
    servers = Map.copyOf(servers);
    clients = Map.copyOf(clients);
  }
}
