package io.loble.bench;

import java.nio.file.Path;
import java.util.Optional;

/** Work that a running proxy is given. */
interface Load {

  String name();

  String work();

  Optional<String> missing();

  /** Starts what the proxies relay to. */
  Backend backend(Path directory) throws Exception;

  /** What the proxies have to read of each client. */
  default Reads reads() {
    return Reads.NOTHING;
  }

  /** Loads the proxy on that port for about that many seconds. */
  Work run(Path directory, int port, int seconds) throws Exception;

  /**
   * What was done.
   *
   * @param sample speed and errors
   * @param cpu how the processor time that it took is stated
   * @param units how much of what that is stated for was done
   */
  record Work(Sample sample, Metric cpu, double units) {}
}
