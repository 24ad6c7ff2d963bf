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
  private final Window window = new Window();
  private final Alarm ejectionOver;
  private final Alarm circuitOver;
  private Resilience rules;
  private EjectionRecord ejection = EjectionRecord.NONE;
  private boolean endsEarly;
  private String whyEjected = "";
  private int failuresInARow;
  private long successesSeen;
  private long answersSeen;
  private long answerNanosSeen;

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

  /** One has ended, on trial or in rotation, or the backend has answered it. */
  void heard(Outcome outcome) {
    switch (outcome.kind()) {
      case FAILURE -> {
        if (outcome.trial()) {
          trialFailed();
        } else {
          failed();
        }
      }
      case SUCCESS -> {
        if (outcome.trial()) {
          trialSucceeded();
        }
      }
      case EARLY_CLOSE -> {
        if (outcome.trial()) {
          trialEndedEarly();
        }
      }
      case IDLE -> {}
    }
  }

  private void trialSucceeded() {
    if (ejection.phase() == Phase.TRIED) {
      readmit();
    }
    circuit.trialSucceeded();
  }

  private void trialEndedEarly() {
    if (ejection.phase() == Phase.TRIED && endsEarly) {
      ejectAgain();
    } else {
      trialSucceeded();
    }
  }

  private void trialFailed() {
    if (ejection.phase() == Phase.TRIED) {
      ejectAgain();
    }
    failInCircuit(circuit::trialFailed);
  }

  private void failed() {
    countSuccesses();
    failInCircuit(circuit::failed);
    failuresInARow++;
    if (failuresInARow >= rules.ejection().consecutiveFailures()) {
      ejectIfDue(failuresInARow + " connections in a row failed", false);
    }
  }

  /** An event loop has counted so many while the backend was in rotation. */
  void tallied(Tally tally) {
    countSuccesses();
    window.add(tally);
    long inARow = window.earlyClosesInARow();
    if (inARow >= rules.ejection().earlyClose()) {
      ejectIfDue("it ended " + inARow + " connections in a row without a byte", true);
    }
  }

  /** It stands out among the backends of its pool. */
  void standsOut(String why) {
    ejectIfDue(why, false);
  }

  /** The backend has left the rotation, or come back: what was before does not count. */
  void rotated() {
    window.reset();
    takeAnswers();
  }

  /** What was counted since this was asked last. An interval has passed. */
  Outliers.Sample sample() {
    long answersBefore = answersSeen;
    long nanosBefore = answerNanosSeen;
    takeAnswers();
    Outliers.Sample sample =
        new Outliers.Sample(
            window.successes() - window.earlyCloses(),
            window.failures() + window.earlyCloses(),
            answersSeen - answersBefore,
            answerNanosSeen - nanosBefore);
    window.clear();
    ejection = ejection.calmed();
    return sample;
  }

  private void takeAnswers() {
    answersSeen = stats.answers().count();
    answerNanosSeen = stats.answers().nanos();
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

  /** How long it would be ejected for now. */
  Duration nextTime() {
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

  private void ejectionOver() {
    ejection = ejection.timeOver();
    stats.trial().grant();
    ejectionOver.set(NEXT_TRIAL_MILLIS, () -> owner.change(this::ejectionOver));
  }

  /** Ends its ejection; does nothing when it is not ejected. */
  void readmit() {
    if (isEjected()) {
      ejection = ejection.readmitted();
      endsEarly = false;
      ejectionOver.cancel();
      stats.trial().revoke();
      grantTrials();
    }
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
    grantTrials();
    // Clients that have left tell nothing: after that time others are tried.
    circuitOver.set(openMillis(), () -> owner.change(this::tryOthers));
  }

  /** While it is ejected, connections on trial show whether it may come back at all. */
  private void grantTrials() {
    if (circuit.state() == CircuitBreaker.State.HALF_OPEN && !isEjected()) {
      stats.trial().grant(circuit.trialsLeft());
    }
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
