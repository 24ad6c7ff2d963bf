package io.loble.proxy;

/**
 * When a direction is relayed through buffers and when inside the kernel.
 *
 * @param bufferSize the most that is read at once, in bytes
 * @param bulkRead what a read must bring to count as bulk, in bytes
 * @param bulkReads after so many of them in a row, the direction is spliced
 * @param quietBurst what a burst may bring and still count as quiet, in bytes
 * @param quietBursts after so many of them in a row, the direction goes back to buffers
 */
record RelayTuning(int bufferSize, int bulkRead, int bulkReads, int quietBurst, int quietBursts) {

  /** What was measured to be best, see docs/benchmarks.md. */
  static final RelayTuning ADAPTIVE = new RelayTuning(64 * 1024, 32 * 1024, 2, 16 * 1024, 4);

  /** Buffers only. */
  static final RelayTuning BUFFERS =
      new RelayTuning(64 * 1024, Integer.MAX_VALUE, Integer.MAX_VALUE, 0, 1);
}
