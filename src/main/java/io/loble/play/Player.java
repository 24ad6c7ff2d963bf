package io.loble.play;

import io.loble.config.ConfigException;
import io.loble.testbed.Testbed;
import java.util.Optional;
import java.util.function.Consumer;

/** Plays scenarios, each on a test bed of its own. */
public final class Player {

  private final Consumer<String> narrator;

  /**
   * @param narrator gets what happens, line by line, on the thread that plays
   */
  public Player(Consumer<String> narrator) {
    this.narrator = narrator;
  }

  /**
   * Plays a scenario to its end, or to the first step that fails. Must not be called on an event
   * loop.
   *
   * @return what went wrong; empty when all was as it should be
   * @throws ConfigException when the balancer's configuration cannot be used
   */
  public Optional<String> play(Scenario scenario) throws ConfigException {
    narrator.accept(scenario.name() + " (" + scenario.source() + ", seed " + scenario.seed() + ")");
    try (Testbed bed = Testbed.start(scenario.plan())) {
      Stage stage = new Stage(bed, narrator);
      Optional<String> failure = play(scenario, stage);
      stage.tell(failure.map(why -> "FAILED " + why).orElse("passed"));
      return failure;
    }
  }

  private static Optional<String> play(Scenario scenario, Stage stage) {
    for (TimedStep timed : scenario.steps()) {
      stage.pause(timed.at().minus(stage.elapsed()));
      stage.tell(timed.step().says());
      try {
        timed.step().play(stage);
      } catch (StepFailedException e) {
        return Optional.of("in step " + timed.number() + ": " + e.getMessage());
      }
    }
    return Optional.empty();
  }
}
