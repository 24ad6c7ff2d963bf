package io.loble.demo;

import io.loble.config.ConfigException;
import io.loble.sim.server.ServerSettings;
import io.loble.testbed.ServerPlan;
import io.loble.testbed.TestbedPlan;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** What the demo shows: three servers of different speed, on the usual ports if they are free. */
final class DemoPlan {

  private static final int LISTENER = 9000;
  private static final int ADMIN = 9090;
  private static final int FIRST_SERVER = 8080;
  private static final int FIRST_CONTROL = 9001;
  private static final List<Integer> DELAYS = List.of(5, 40, 120);

  private DemoPlan() {}

  /**
   * Makes the plan.
   *
   * @param ports which port to take for each of the usual ones; 0 stands for any
   */
  static TestbedPlan make(IntUnaryOperator ports) throws ConfigException {
    List<ServerPlan> servers = new ArrayList<>();
    for (int delay : DELAYS) {
      servers.add(ServerPlan.of(server(servers.size(), delay, ports)));
    }
    return new TestbedPlan(servers, balancer(ports));
  }

  private static ServerSettings server(int index, int delay, IntUnaryOperator ports)
      throws ConfigException {
    return ServerSettings.fromJson(
        new JsonObject()
            .put("id", "server-" + (index + 1))
            .put("host", "127.0.0.1")
            .put("port", ports.applyAsInt(FIRST_SERVER + index))
            .put("control_port", ports.applyAsInt(FIRST_CONTROL + index))
            .put("delay_ms", delay));
  }

  /** Checked every second: who kills a server wants to see what happens. */
  private static JsonObject balancer(IntUnaryOperator ports) {
    JsonObject active = new JsonObject().put("interval", "1s").put("timeout", "500ms");
    return new JsonObject()
        .put("listener", address(ports.applyAsInt(LISTENER)))
        .put("admin", address(ports.applyAsInt(ADMIN)))
        .put("health", new JsonObject().put("active", active));
  }

  private static JsonObject address(int port) {
    return new JsonObject().put("address", "127.0.0.1:" + port);
  }
}
