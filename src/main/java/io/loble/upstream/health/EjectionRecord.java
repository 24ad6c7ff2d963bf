package io.loble.upstream.health;

import java.time.Duration;

/**
 * How often a backend was ejected, and whether it is out. Each time it is out for longer: so many
 * times the base time as it was ejected, less one for each interval it has done well since, as
 * Envoy's outlier detection has it. Immutable.
 *
 * @param times how often it was ejected, less the intervals it has done well
 * @param phase where it is
 */
record EjectionRecord(int times, Phase phase) {

  /** Whether an ejected backend is still to stay out. */
  enum Phase {
    /** It is not ejected. */
    IN,
    /** It is out until its time is over. */
    OUT,
    /** Its time is over; a connection on trial decides. */
    TRIED
  }

  static final EjectionRecord NONE = new EjectionRecord(0, Phase.IN);

  /** More would be of no effect with any times, and must not overflow. */
  private static final int MOST_TIMES = 1 << 20;

  boolean isOut() {
    return phase != Phase.IN;
  }

  EjectionRecord ejected() {
    return new EjectionRecord(Math.min(times + 1, MOST_TIMES), Phase.OUT);
  }

  EjectionRecord timeOver() {
    return phase == Phase.OUT ? new EjectionRecord(times, Phase.TRIED) : this;
  }

  EjectionRecord readmitted() {
    return new EjectionRecord(times, Phase.IN);
  }

  /** An interval has passed in which it was not out. */
  EjectionRecord calmed() {
    return isOut() ? this : new EjectionRecord(Math.max(0, times - 1), Phase.IN);
  }

  /** How long it is out this time. */
  Duration time(Duration base, Duration most) {
    Duration grown = base.multipliedBy(Math.max(1, times));
    return grown.compareTo(most) < 0 ? grown : most;
  }
}
