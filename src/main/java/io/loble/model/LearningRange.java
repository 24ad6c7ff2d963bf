package io.loble.model;

/**
 * How far a learnt weight may be from the configured one.
 *
 * @param min the least part of its weight that a backend may be left with, above 0 and at most 1
 * @param max the largest multiple of its weight that it may be given, 1 or more
 */
public record LearningRange(double min, double max) {

  public static final LearningRange DEFAULT = new LearningRange(0.2, 2);

  /** The nearest that is allowed. */
  public double clamp(double factor) {
    return Math.max(min, Math.min(max, factor));
  }
}
