package io.loble.proxy;

/** Decides for one direction of a connection whether it is bulk, by what it has brought lately. */
final class BulkDetector {

  private final RelayTuning tuning;
  private boolean bulk;
  private int streak;
  private long burst;

  BulkDetector(RelayTuning tuning) {
    this.tuning = tuning;
  }

  /** Whether so much comes that it pays to keep it inside the kernel. */
  boolean isBulk() {
    return bulk;
  }

  /** One read through a buffer has brought so many bytes. */
  void read(int bytes) {
    if (bytes < tuning.bulkRead()) {
      streak = 0;
    } else if (++streak >= tuning.bulkReads()) {
      become(true);
    }
  }

  /** So many bytes were spliced. */
  void spliced(int bytes) {
    burst += bytes;
  }

  /** All that was there has been spliced. */
  void drained() {
    if (burst > tuning.quietBurst()) {
      streak = 0;
    } else if (++streak >= tuning.quietBursts()) {
      become(false);
    }
    burst = 0;
  }

  private void become(boolean nowBulk) {
    bulk = nowBulk;
    streak = 0;
    burst = 0;
  }
}
