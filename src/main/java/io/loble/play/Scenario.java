package io.loble.play;

import io.loble.config.ConfigException;
import io.loble.testbed.TestbedPlan;
import java.util.List;

/**
 * A timeline of what happens and what must be seen.
 *
 * @param source the file it was read from
 * @param name what it shows, in a few words
 * @param seed of everything that is left to chance in servers and clients
 * @param plan what there is at the beginning
 * @param steps one after the other
 */
public record Scenario(
    String source, String name, long seed, TestbedPlan plan, List<TimedStep> steps) {

  public Scenario {
    steps = List.copyOf(steps);
  }

  /**
   * Reads the text of a scenario file.
   *
   * @param source what errors call it
   * @throws ConfigException with everything that is wrong with it
   */
  public static Scenario read(String source, String text) throws ConfigException {
    return new ScenarioReader(source).read(text);
  }
}
