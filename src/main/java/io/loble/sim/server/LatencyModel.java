package io.loble.sim.server;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By how much answers are late, answer by answer, in milliseconds.
 *
 * <p>Its {@code toString} is the text that {@link #parse} reads back to an equal value, as long as
 * no number has more than three decimals.
 */
public sealed interface LatencyModel {

  /** No answer is late, and no connection hangs, by more: one hour. */
  int MAX_MILLIS = 3_600_000;

  /** What {@link #parse} understands, in words. */
  String FORMS =
      "\"none\", \"fixed MS\", \"uniform MIN MAX\", \"normal MEAN DEVIATION\" or \"pareto MIN"
          + " SHAPE\", times in milliseconds up to "
          + MAX_MILLIS;

  /** A model for which nothing is late. */
  LatencyModel NONE = new None();

  /** The next value, from 0 to {@link #MAX_MILLIS}; all chance comes from the generator. */
  double nextMillis(RandomGenerator random);

  /** Nothing is late. */
  record None() implements LatencyModel {
    @Override
    public double nextMillis(RandomGenerator random) {
      return 0;
    }

    @Override
    public String toString() {
      return "none";
    }
  }

  /**
   * All are late by the same.
   *
   * @param millis 0 to {@link #MAX_MILLIS}
   */
  record Fixed(double millis) implements LatencyModel {
    public Fixed {
      require(isTime(millis));
    }

    @Override
    public double nextMillis(RandomGenerator random) {
      return millis;
    }

    @Override
    public String toString() {
      return "fixed " + plain(millis);
    }
  }

  /**
   * All values between two are as likely.
   *
   * @param min 0 to {@code max}
   * @param max up to {@link #MAX_MILLIS}
   */
  record Uniform(double min, double max) implements LatencyModel {
    public Uniform {
      require(isTime(min) && isTime(max) && min <= max);
    }

    @Override
    public double nextMillis(RandomGenerator random) {
      return min + (max - min) * random.nextDouble();
    }

    @Override
    public String toString() {
      return "uniform " + plain(min) + " " + plain(max);
    }
  }

  /**
   * A bell curve; what would be below 0 is 0.
   *
   * @param mean 0 to {@link #MAX_MILLIS}
   * @param deviation the standard deviation, 0 to {@link #MAX_MILLIS}
   */
  record Normal(double mean, double deviation) implements LatencyModel {
    public Normal {
      require(isTime(mean) && isTime(deviation));
    }

    @Override
    public double nextMillis(RandomGenerator random) {
      return capped(mean + deviation * random.nextGaussian());
    }

    @Override
    public String toString() {
      return "normal " + plain(mean) + " " + plain(deviation);
    }
  }

  /**
   * Most are late by little more than the minimum, a few by many times that.
   *
   * @param min above 0, up to {@link #MAX_MILLIS}
   * @param shape above 0, up to 1000; the smaller, the longer the tail
   */
  record Pareto(double min, double shape) implements LatencyModel {
    private static final double MAX_SHAPE = 1000;

    public Pareto {
      require(isTime(min) && min > 0 && shape > 0 && shape <= MAX_SHAPE);
    }

    @Override
    public double nextMillis(RandomGenerator random) {
      return capped(min / Math.pow(1 - random.nextDouble(), 1 / shape));
    }

    @Override
    public String toString() {
      return "pareto " + plain(min) + " " + plain(shape);
    }
  }

  /** Reads one of {@link #FORMS}; empty when the text is none of them or a number out of range. */
  static Optional<LatencyModel> parse(String text) {
    try {
      return Text.read(text.strip());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isTime(double millis) {
    return millis >= 0 && millis <= MAX_MILLIS;
  }

  private static double capped(double millis) {
    return Math.max(0, Math.min(MAX_MILLIS, millis));
  }

  private static void require(boolean inRange) {
    if (!inRange) {
      throw new IllegalArgumentException("a number is out of range; right are " + FORMS);
    }
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /** Its grammar. */
  final class Text {
    private static final String NUMBER = "(\\d{1,7}(?:\\.\\d{1,3})?)";
    private static final Pattern ONE = Pattern.compile("(fixed) +" + NUMBER);
    private static final Pattern TWO =
        Pattern.compile("(uniform|normal|pareto) +" + NUMBER + " +" + NUMBER);

    private Text() {}

    private static Optional<LatencyModel> read(String text) {
      if (text.equals("none")) {
        return Optional.of(NONE);
      }
      Matcher one = ONE.matcher(text);
      if (one.matches()) {
        return Optional.of(new Fixed(Double.parseDouble(one.group(2))));
      }
      Matcher two = TWO.matcher(text);
      return two.matches() ? Optional.of(model(two)) : Optional.empty();
    }

    private static LatencyModel model(Matcher two) {
      double first = Double.parseDouble(two.group(2));
      double second = Double.parseDouble(two.group(3));
      return switch (two.group(1)) {
        case "uniform" -> new Uniform(first, second);
        case "normal" -> new Normal(first, second);
        default -> new Pareto(first, second);
      };
    }
  }
}
