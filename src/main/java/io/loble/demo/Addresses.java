package io.loble.demo;

import io.loble.testbed.SimulatedBackend;
import java.util.ArrayList;
import java.util.List;

/** Where everything in the demo is, one a line: what a terminal cuts off can be read nowhere. */
public final class Addresses {

  private static final String LINE = "%-12s %s";

  private Addresses() {}

  /** The lines, the dashboard first. */
  public static List<String> of(Demo demo) {
    List<String> lines = new ArrayList<>();
    lines.add(LINE.formatted("dashboard", "http://" + demo.adminAddress() + "/"));
    lines.add(LINE.formatted("listener", demo.address()));
    demo.backends()
        .forEach(
            server -> lines.add(LINE.formatted(server.id(), server.address() + control(server))));
    lines.add(LINE.formatted("try", slowDown(demo.backends())));
    return lines;
  }

  private static String control(SimulatedBackend server) {
    return ", control http://127.0.0.1:" + server.controlPort() + "/";
  }

  /** What makes the last server two seconds slow. */
  private static String slowDown(List<SimulatedBackend> servers) {
    int port = servers.get(servers.size() - 1).controlPort();
    return "curl -d 2000 http://127.0.0.1:" + port + "/delay";
  }
}
