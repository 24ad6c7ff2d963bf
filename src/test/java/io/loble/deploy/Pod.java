package io.loble.deploy;

import io.loble.scenario.Peers;
import io.loble.scenario.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A network of its own, of the loopback interface alone, for programs that listen where an image
 * listens: no port of this machine is in their way.
 */
final class Pod implements AutoCloseable {

  private static final Path ROOT = Path.of("/");

  private final Program network;
  private final long pid;

  private Pod(Program network, long pid) {
    this.network = network;
    this.pid = pid;
  }

  static Pod open() {
    String script = Peers.path("ip") + " link set lo up && echo $$ && exec sleep infinity";
    Program network =
        Program.start(ROOT, Map.of(), List.of("unshare", "--net", "sh", "-c", script));
    try {
      return new Pod(network, Long.parseLong(network.awaitOut("(?m)^(\\d+)$").group(1)));
    } catch (AssertionError e) {
      network.close();
      throw e;
    }
  }

  /** Starts something in it. */
  Program start(List<String> command) {
    List<String> words = new ArrayList<>(List.of("nsenter", "--target=" + pid, "--net"));
    words.addAll(command);
    return Program.start(ROOT, Map.of(), words);
  }

  @Override
  public void close() {
    network.close();
  }
}
