package io.loble.tls;

import io.loble.model.Histogram;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts the handshakes of one listener, or with the backends of one pool. Thread-safe. */
public final class HandshakeStats {

  private static final String OK = "ok";
  private static final String UNKNOWN = "";

  private final Map<TlsVersion, LongAdder> fresh = counters(TlsVersion.class);
  private final Map<TlsVersion, LongAdder> resumed = counters(TlsVersion.class);
  private final Map<FailureKind, LongAdder> failed = counters(FailureKind.class);
  private final Histogram seconds = Histogram.ofConnects();

  private static <E extends Enum<E>> Map<E, LongAdder> counters(Class<E> keys) {
    Map<E, LongAdder> counters = new EnumMap<>(keys);
    for (E key : EnumSet.allOf(keys)) {
      counters.put(key, new LongAdder());
    }
    return counters;
  }

  private static <E extends Enum<E>> LongAdder of(Map<E, LongAdder> counters, E key) {
    return Objects.requireNonNull(counters.get(key));
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
      of(info.resumed() ? resumed : fresh, version(info)).increment();
      seconds.recordNanos(agreement.nanos());
    } else if (outcome instanceof TlsOutcome.Failed failure) {
      of(failed, failure.failure().kind()).increment();
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
    return sum(failed);
  }

  /** How many have succeeded. */
  public long successes() {
    return sum(fresh) + sum(resumed);
  }

  /** How many of them went on with an earlier session. */
  public long resumptions() {
    return sum(resumed);
  }

  private static long sum(Map<?, LongAdder> counters) {
    return counters.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** How many have failed for that reason. */
  public long failures(FailureKind kind) {
    return of(failed, kind).sum();
  }

  /** All counts, those of 0 among them, always in the same order. */
  public List<Count> counts() {
    List<Count> counts = new ArrayList<>();
    for (TlsVersion version : TlsVersion.values()) {
      counts.add(new Count(OK, version.text(), false, of(fresh, version).sum()));
      counts.add(new Count(OK, version.text(), true, of(resumed, version).sum()));
    }
    for (FailureKind kind : FailureKind.values()) {
      counts.add(new Count(kind.label(), UNKNOWN, false, of(failed, kind).sum()));
    }
    return counts;
  }
}
