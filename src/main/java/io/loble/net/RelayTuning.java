package io.loble.net;

import java.util.function.Supplier;

/**
 * How much is moved at once, and what decides how.
 *
 * @param readSize the most that is read through a buffer at once, in bytes
 * @param spliceSize the most that is spliced at once, in bytes; a pipe may hold less
 * @param policy makes a policy for each direction of a connection
 */
public record RelayTuning(int readSize, int spliceSize, Supplier<BulkPolicy> policy) {

  /** What was measured to be best: docs/benchmarks.md. */
  public static final RelayTuning ADAPTIVE =
      new RelayTuning(64 * 1024, 1024 * 1024, BulkDetector::new);
}
