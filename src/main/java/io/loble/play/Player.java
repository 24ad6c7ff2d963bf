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
   * @return what went wrong, be it that something could not be started; empty when all was as it
   *     should be
   * @throws ConfigException when the balancer's configuration cannot be used
   */
  public Optional<String> play(Scenario scenario) throws ConfigException {
    narrator.accept(scenario.name() + " (" + scenario.source() + ", seed " + scenario.seed() + ")");
    try {
      return playOnTestbed(scenario);
    } catch (ConfigException e) {
      throw e;
    } catch (Exception e) {
      // A port that is taken, for instance: it must not keep other scenarios from being played.
      String why = "could not be played: " + reason(e);
      narrator.accept("FAILED " + why);
      return Optional.of(why);
    }
  }

  private Optional<String> playOnTestbed(Scenario scenario) throws ConfigException {
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
        return failed(timed, String.valueOf(e.getMessage()));
      } catch (Exception e) {
        // What the test bed could not do fails as the future behind it did, whatever its type.
        return failed(timed, reason(e));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> failed(TimedStep timed, String why) {
    return Optional.of("in step " + timed.number() + ": " + why);
  }

  private static String reason(Exception cause) {
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
