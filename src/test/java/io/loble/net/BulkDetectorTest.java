package io.loble.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BulkDetectorTest {

  private final BulkDetector detector = new BulkDetector();

  @Test
  void smallMessagesNeverBecomeBulk() {
    for (int i = 0; i < 1_000; i++) {
      detector.read(BulkDetector.BULK_READ - 1);
    }
    assertThat(detector.splices()).isFalse();
  }

  @Test
  void largeReadsBecomeBulkOnlyInARow() {
    for (int i = 0; i < 1_000; i++) {
      largeReads(BulkDetector.BULK_READS - 1);
      detector.read(1);
    }
    assertThat(detector.splices()).isFalse();
    largeReads(BulkDetector.BULK_READS);
    assertThat(detector.splices()).isTrue();
  }

  @Test
  void bulkStaysBulkWhileBurstsAreLarge() {
    largeReads(BulkDetector.BULK_READS);
    for (int i = 0; i < 1_000; i++) {
      burst(1, BulkDetector.QUIET_BURSTS - 1);
      // A burst is what comes until no more is there, in however many pieces.
      detector.spliced(BulkDetector.QUIET_BURST);
      burst(1, 1);
    }
    assertThat(detector.splices()).isTrue();
  }

  @Test
  void quietBurstsInARowEndIt() {
    largeReads(BulkDetector.BULK_READS);
    burst(BulkDetector.QUIET_BURST, BulkDetector.QUIET_BURSTS);
    assertThat(detector.splices()).isFalse();
    largeReads(BulkDetector.BULK_READS);
    assertThat(detector.splices()).isTrue();
  }

  private void largeReads(int count) {
    for (int i = 0; i < count; i++) {
      detector.read(BulkDetector.BULK_READ);
    }
  }

  private void burst(int bytes, int count) {
    for (int i = 0; i < count; i++) {
      detector.spliced(bytes);
      detector.drained();
    }
  }
}
