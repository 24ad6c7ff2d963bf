package io.loble.scenario;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A process of {@code loble server}. */
record SimulatedServer(String id, int port, Program program) implements AutoCloseable {

  /** What is wanted, before it runs: several are started side by side, which saves time. */
  static final class Starting {

    private final String id;
    private final Program program;

    private Starting(String id, Program program) {
      this.id = id;
      this.program = program;
    }

    private SimulatedServer running() {
      String line = "\\[" + id + "] listening on \\S+:(\\d+)";
      return new SimulatedServer(id, Integer.parseInt(program.awaitOut(line).group(1)), program);
    }
  }

  /** Starts one on a free port. Settings are {@code SERVER_} variables. */
  static Starting starting(Path directory, String id, Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(Map.of("SERVER_ID", id, "SERVER_PORT", "0"));
    environment.putAll(settings);
    return new Starting(id, Loble.start(directory, environment, "server"));
  }

  /** Waits until all of them listen. */
  static List<SimulatedServer> running(List<Starting> starting) {
    try {
      return starting.stream().map(Starting::running).toList();
    } catch (AssertionError | RuntimeException e) {
      starting.forEach(one -> one.program.close());
      throw e;
    }
  }

  /** Starts {@code server-1} and so on, with no settings. */
  static List<SimulatedServer> start(Path directory, int count) {
    List<Starting> starting = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      starting.add(starting(directory, "server-" + i, Map.of()));
    }
    return running(starting);
  }

  /** Its entry in the balancer's file. */
  String backend() {
    return Balancer.backend(id, port);
  }

  /** The entries of several. */
  static String backends(List<SimulatedServer> servers) {
    return String.join("", servers.stream().map(SimulatedServer::backend).toList());
  }

  static void close(List<SimulatedServer> servers) {
    servers.forEach(SimulatedServer::close);
  }

  @Override
  public void close() {
    program.close();
  }
}
