package io.loble.scenario;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Two network namespaces with a cable between them, which stand for two machines. Nothing else is
 * connected to either.
 */
final class TwoMachines implements AutoCloseable {

  /** The address of the one that stays. */
  static final String HERE = "10.77.0.1";

  /** The address of the one that vanishes. */
  static final String THERE = "10.77.0.2";

  private static final Path ANYWHERE = Path.of(".");

  private final Program here;
  private final Program there;

  private TwoMachines(Program here, Program there) {
    this.here = here;
    this.there = there;
  }

  /** Ends the test where they cannot be had: skipped, or failed where all must be there. */
  static TwoMachines start() {
    if (!"root".equals(System.getProperty("user.name"))) {
      throw Peers.missing("only root makes network namespaces");
    }
    Program here = machine();
    Program there = machine();
    TwoMachines machines = new TwoMachines(here, there);
    try {
      machines.connect();
      return machines;
    } catch (AssertionError | RuntimeException e) {
      machines.close();
      throw e;
    }
  }

  /** A process that keeps a namespace alive. */
  private static Program machine() {
    String script = "echo ready; exec sleep infinity";
    Program program =
        Program.start(
            ANYWHERE, Map.of(), List.of(Peers.path("unshare"), "--net", "sh", "-c", script));
    program.awaitOut("ready");
    return program;
  }

  private void connect() {
    String other = Long.toString(there.pid());
    ip(here, "link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns", other);
    plugIn(here, HERE);
    plugIn(there, THERE);
  }

  private static void plugIn(Program machine, String address) {
    ip(machine, "address", "add", address + "/24", "dev", "cable");
    ip(machine, "link", "set", "cable", "up");
    ip(machine, "link", "set", "lo", "up");
  }

  /** Runs a program on the one that stays. */
  Program here(Path directory, Map<String, String> environment, List<String> command) {
    return Program.start(directory, environment, inside(here, command));
  }

  /** Runs a program on the one that vanishes. */
  Program there(Path directory, Map<String, String> environment, List<String> command) {
    return Program.start(directory, environment, inside(there, command));
  }

  /** The one vanishes without a word: whatever runs on it cannot say that it ends. */
  void pull() {
    ip(there, "link", "set", "cable", "down");
  }

  private static void ip(Program machine, String... words) {
    List<String> command = Stream.concat(Stream.of(Peers.path("ip")), Stream.of(words)).toList();
    Program.run(ANYWHERE, inside(machine, command));
  }

  private static List<String> inside(Program machine, List<String> command) {
    List<String> entering =
        new ArrayList<>(List.of(Peers.path("nsenter"), "--net=/proc/" + machine.pid() + "/ns/net"));
    entering.addAll(command);
    return entering;
  }

  @Override
  public void close() {
    there.close();
    here.close();
  }
}
