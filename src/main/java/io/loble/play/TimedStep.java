package io.loble.play;

import java.time.Duration;

/**
 * A step of a scenario.
 *
 * @param number its place, from 1
 * @param at how long after the scenario's start it begins at the earliest; zero for when the step
 *     before it is over
 */
public record TimedStep(int number, Duration at, Step step) {}
