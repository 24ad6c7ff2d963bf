package io.loble.tls;

import io.loble.model.Histogram;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts the handshakes of one listener, or with the backends of one pool. Thread-safe. */
public final class HandshakeStats {

  private static final String UNKNOWN = "";

  private final LongAdder[][] agreed = new LongAdder[TlsVersion.values().length][2];
  private final LongAdder[] failed = new LongAdder[FailureKind.values().length];
  private final Histogram seconds = new Histogram();

  /** Nothing is counted yet. */
  public HandshakeStats() {
    for (LongAdder[] versions : agreed) {
      versions[0] = new LongAdder();
      versions[1] = new LongAdder();
    }
    for (int i = 0; i < failed.length; i++) {
      failed[i] = new LongAdder();
    }
  }

  /**
   * Handshakes that ended in one way.
   *
   * @param result {@code ok}, or a {@link FailureKind#label}
   * @param version that was agreed on, such as {@code TLSv1.3}; empty when none was
   * @param resumed whether an earlier session went on
   */
  public record Count(String result, String version, boolean resumed, long total) {}

  /** One more handshake has ended. */
  public void ended(TlsOutcome outcome) {
    if (outcome instanceof TlsOutcome.Agreed agreement) {
      HandshakeInfo info = agreement.info();
      agreed[version(info).ordinal()][info.resumed() ? 1 : 0].increment();
      seconds.recordNanos(agreement.nanos());
    } else if (outcome instanceof TlsOutcome.Failed failure) {
      failed[failure.failure().kind().ordinal()].increment();
    }
  }

  private static TlsVersion version(HandshakeInfo info) {
    return info.version().equals(TlsVersion.TLS_1_2.text())
        ? TlsVersion.TLS_1_2
        : TlsVersion.TLS_1_3;
  }

  /** How long those took that succeeded. */
  public Histogram seconds() {
    return seconds;
  }

  /** How many have failed. */
  public long failures() {
    long sum = 0;
    for (LongAdder kind : failed) {
      sum += kind.sum();
    }
    return sum;
  }

  /** All counts, those of 0 among them, always in the same order. */
  public List<Count> counts() {
    List<Count> counts = new ArrayList<>();
    for (TlsVersion version : TlsVersion.values()) {
      LongAdder[] totals = agreed[version.ordinal()];
      counts.add(new Count("ok", version.text(), false, totals[0].sum()));
      counts.add(new Count("ok", version.text(), true, totals[1].sum()));
    }
    for (FailureKind kind : FailureKind.values()) {
      counts.add(new Count(kind.label(), UNKNOWN, false, failed[kind.ordinal()].sum()));
    }
    return counts;
  }
}
