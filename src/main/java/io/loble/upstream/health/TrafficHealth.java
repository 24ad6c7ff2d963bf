package io.loble.upstream.health;

import io.loble.config.Ejection;
import io.loble.config.Resilience;
import io.loble.model.BackendStats;
import io.loble.upstream.health.EjectionRecord.Phase;
import java.time.Duration;

/**
 * What the connections of clients say of one backend: whether it is ejected, and its circuit. Used
 * on one context.
 */
final class TrafficHealth {

  /** The monitor that this is a part of. */
  interface Owner {

    /** Whether the pool can do without the backend. */
    boolean mayEject();

    /** Changes something here at a time of its own, and acts on what comes of it. */
    void change(Runnable how);
  }

  /** How soon another connection is tried when the one before has told nothing. */
  private static final long NEXT_TRIAL_MILLIS = 1_000;

  private final Owner owner;
  private final BackendStats stats;
  private final CircuitBreaker circuit;
  private final Alarm ejectionOver;
  private final Alarm circuitOver;
  private Resilience rules;
  private EjectionRecord ejection = EjectionRecord.NONE;
  private boolean endsEarly;
  private String whyEjected = "";
  private int failuresInARow;
  private long successesSeen;

  TrafficHealth(Resilience rules, BackendStats stats, Clock clock, Owner owner) {
    this.rules = rules;
    this.stats = stats;
    this.owner = owner;
    this.circuit = new CircuitBreaker(rules.circuit());
    this.ejectionOver = new Alarm(clock);
    this.circuitOver = new Alarm(clock);
    this.successesSeen = stats.counters().successes();
  }

  void configure(Resilience newRules) {
    rules = newRules;
    circuit.configure(newRules.circuit());
    if (circuit.state() == CircuitBreaker.State.CLOSED) {
      circuitOver.cancel();
    }
  }

  /** Nothing happens by itself from now on. */
  void stop() {
    ejectionOver.cancel();
    circuitOver.cancel();
  }

  boolean isEjected() {
    return ejection.isOut();
  }

  CircuitBreaker.State circuit() {
    return circuit.state();
  }

  /** Whether it has to hear of successes one by one. */
  boolean needsWatching() {
    return isEjected() || circuit.state() != CircuitBreaker.State.CLOSED;
  }

  /** Why connections are kept from the backend; empty when they are not. */
  String why() {
    if (isEjected()) {
      return whyEjected;
    }
    return circuit.state() == CircuitBreaker.State.CLOSED ? "" : circuit.why();
  }

  // What connections came to.

  /** One on trial has succeeded. */
  void trialSucceeded() {
    if (ejection.phase() == Phase.TRIED) {
      readmit();
    }
    circuit.trialSucceeded();
  }

  /** The backend has ended one on trial early, without a byte. */
  void trialEndedEarly() {
    if (ejection.phase() == Phase.TRIED && endsEarly) {
      ejectAgain();
    } else {
      trialSucceeded();
    }
  }

  /** One on trial has failed. */
  void trialFailed() {
    if (ejection.phase() == Phase.TRIED) {
      ejectAgain();
    }
    failInCircuit(circuit::trialFailed);
  }

  /** One has failed while the backend was in rotation. */
  void failed() {
    countSuccesses();
    failInCircuit(circuit::failed);
    failuresInARow++;
    if (failuresInARow >= rules.ejection().consecutiveFailures()) {
      ejectIfDue(failuresInARow + " connections in a row failed", false);
    }
  }

  /**
   * So many in a row were ended early, as far as was counted.
   *
   * @param inARow 0 when the last was not
   */
  void tallied(long inARow) {
    countSuccesses();
    if (inARow >= rules.ejection().earlyClose()) {
      ejectIfDue("it ended " + inARow + " connections in a row without a byte", true);
    }
  }

  /** It stands out among the backends of its pool. */
  void standsOut(String why) {
    ejectIfDue(why, false);
  }

  /** Has done no worse than the others for an interval. */
  void calmed() {
    ejection = ejection.calmed();
  }

  private void countSuccesses() {
    long successes = stats.counters().successes();
    long more = successes - successesSeen;
    successesSeen = successes;
    if (more > 0) {
      failuresInARow = 0;
      circuit.succeeded(more);
    }
  }

  // The ejection.

  private void ejectIfDue(String why, boolean early) {
    if (rules.ejection().enabled() && !isEjected() && owner.mayEject()) {
      endsEarly = early;
      eject(why, nextTime());
    }
  }

  private void ejectAgain() {
    eject(whyEjected, nextTime());
  }

  private Duration nextTime() {
    Ejection settings = rules.ejection();
    return ejection.ejected().time(settings.baseTime(), settings.maxTime());
  }

  /** Ejects it for that time, whatever it does. */
  void eject(String why, Duration time) {
    ejection = ejection.ejected();
    whyEjected = why;
    failuresInARow = 0;
    stats.counters().ejected();
    stats.trial().revoke();
    ejectionOver.set(time.toMillis(), () -> owner.change(this::ejectionOver));
  }

  /** How long it would be ejected for now. */
  Duration time() {
    return nextTime();
  }

  private void ejectionOver() {
    ejection = ejection.timeOver();
    stats.trial().grant();
    ejectionOver.set(NEXT_TRIAL_MILLIS, () -> owner.change(this::ejectionOver));
  }

  /** Lets it back in at once. */
  void readmit() {
    ejection = ejection.readmitted();
    endsEarly = false;
    ejectionOver.cancel();
    stats.trial().revoke();
  }

  // The circuit.

  private void failInCircuit(Runnable failure) {
    boolean wasOpen = circuit.state() == CircuitBreaker.State.OPEN;
    failure.run();
    if (!wasOpen && circuit.state() == CircuitBreaker.State.OPEN) {
      stats.counters().circuitOpened();
      stats.trial().revoke();
      circuitOver.set(openMillis(), () -> owner.change(this::halfOpen));
    }
  }

  private void halfOpen() {
    circuit.halfOpen();
    stats.trial().grant(circuit.trialsLeft());
    // Clients that have left tell nothing: after that time others are tried.
    circuitOver.set(openMillis(), () -> owner.change(this::tryOthers));
  }

  private void tryOthers() {
    if (circuit.state() == CircuitBreaker.State.HALF_OPEN) {
      halfOpen();
    }
  }

  private long openMillis() {
    return rules.circuit().openTime().toMillis();
  }
}
