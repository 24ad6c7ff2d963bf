package io.loble.net;

/**
 * Splices a direction that proves to be bulk, until it goes quiet. A splice takes no time to copy,
 * but more calls than a read and a write: it pays when much comes at once.
 */
public final class BulkDetector implements BulkPolicy {

  /** What a read must bring to count as bulk, in bytes. */
  static final int BULK_READ = 32 * 1024;

  /** After so many of them in a row the direction is bulk. */
  static final int BULK_READS = 2;

  /** What may come until no more is there, and still count as quiet, in bytes. */
  static final int QUIET_BURST = 16 * 1024;

  /** After so many of them in a row the direction is quiet. */
  static final int QUIET_BURSTS = 4;

  private boolean bulk;
  private int streak;
  private long burst;

  @Override
  public boolean splices() {
    return bulk;
  }

  @Override
  public void read(int bytes) {
    if (bytes < BULK_READ) {
      streak = 0;
    } else if (++streak >= BULK_READS) {
      become(true);
    }
  }

  @Override
  public void spliced(int bytes) {
    burst += bytes;
  }

  @Override
  public void drained() {
    if (burst > QUIET_BURST) {
      streak = 0;
    } else if (++streak >= QUIET_BURSTS) {
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
