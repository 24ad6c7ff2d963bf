package io.loble.testbed;

import io.loble.sim.server.ServerSettings;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a {@link Testbed} is to consist of.
 *
 * @param servers with ids that differ
 * @param balancer keys of the TOML file, as JSON. What it leaves out is as the product has it, but
 *     that listener and admin are on free ports of 127.0.0.1, and that nothing waits long for
 *     connections to end. The backends of the servers are added
 */
public record TestbedPlan(List<ServerPlan> servers, JsonObject balancer) {

  public TestbedPlan {
    servers = List.copyOf(servers);
    balancer = balancer.copy();
    if (servers.stream().map(ServerPlan::id).distinct().count() < servers.size()) {
      throw new IllegalArgumentException("two servers have the same id");
    }
  }

  /** As many servers on free ports of 127.0.0.1, called {@code server-1} and so on. */
  public static TestbedPlan of(int servers) {
    return new TestbedPlan(
        IntStream.rangeClosed(1, servers)
            .mapToObj(number -> ServerPlan.of(ServerSettings.onLoopback("server-" + number)))
            .toList(),
        new JsonObject());
  }

  /** The same with another configuration of the balancer. */
  public TestbedPlan withBalancer(JsonObject keys) {
    return new TestbedPlan(servers, keys);
  }

  @Override
  public JsonObject balancer() {
    return balancer.copy();
  }
}
