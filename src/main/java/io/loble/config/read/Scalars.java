package io.loble.config.read;

import io.loble.config.Durations;
import io.loble.model.Algorithm;
import io.loble.model.FileMode;
import io.loble.model.Network;
import io.loble.model.Rate;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The kinds of single values that configuration keys have. */
public final class Scalars {

  private Scalars() {}

  /** Any string. */
  public static ScalarCodec<String> text() {
    return text("a string", s -> true);
  }

  public static ScalarCodec<String> text(String expected, Predicate<String> accepted) {
    return ofString(expected, s -> Optional.of(s).filter(accepted), s -> s);
  }

  public static ScalarCodec<Boolean> bool() {
    return new ScalarCodec<>(
        "true or false",
        Schemas.bool(),
        v -> v instanceof Boolean b ? Optional.of(b) : Optional.empty(),
        b -> b);
  }

  public static ScalarCodec<Integer> atLeast(int min) {
    return integer("an integer of at least " + min, min, Integer.MAX_VALUE);
  }

  public static ScalarCodec<Integer> between(int min, int max) {
    return integer("an integer from " + min + " to " + max, min, max);
  }

  /**
   * An integer within bounds.
   *
   * @param why what speaks against more
   */
  public static ScalarCodec<Integer> between(int min, int max, String why) {
    return integer("an integer from " + min + " to " + max + " (" + why + ")", min, max);
  }

  public static ScalarCodec<Double> decimal(double min, double max) {
    return new ScalarCodec<>(
        "a number from " + min + " to " + max,
        Schemas.number(min, max),
        v ->
            v instanceof Number n && n.doubleValue() >= min && n.doubleValue() <= max
                ? Optional.of(n.doubleValue())
                : Optional.empty(),
        d -> d);
  }

  /** A number within bounds, or 0, which lies outside. */
  public static ScalarCodec<Double> decimalOrZero(double min, double max) {
    return new ScalarCodec<>(
        "0, or a number from " + min + " to " + max,
        Schemas.numberOrZero(min, max),
        v ->
            v instanceof Number n
                    && (n.doubleValue() == 0 || n.doubleValue() >= min)
                    && n.doubleValue() <= max
                ? Optional.of(n.doubleValue())
                : Optional.empty(),
        d -> d);
  }

  public static ScalarCodec<Duration> duration() {
    return duration("a duration such as \"250ms\", \"3s\" or \"1m30s\"", Duration.ZERO);
  }

  public static ScalarCodec<Duration> durationOfAtLeast(Duration min) {
    return duration(
        "a duration of at least " + Durations.format(min) + ", such as \"250ms\" or \"3s\"", min);
  }

  /** A duration within bounds, both included. */
  public static ScalarCodec<Duration> durationBetween(Duration min, Duration max) {
    return duration(
        "a duration from %s to %s, such as \"30s\""
            .formatted(Durations.format(min), Durations.format(max)),
        d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0);
  }

  /** A duration, or zero without a unit, as text or as a number. */
  public static ScalarCodec<Duration> durationOrZero() {
    return new ScalarCodec<>(
        "a duration such as \"250ms\", \"3s\" or \"1m30s\", or 0",
        new JsonObject(),
        v ->
            (v instanceof String || isWhole(v)) && v.toString().matches("0+")
                ? Optional.of(Duration.ZERO)
                : v instanceof String s ? Durations.parse(s) : Optional.empty(),
        Durations::format);
  }

  /** A duration that the system would not take if it were longer. */
  public static ScalarCodec<Duration> durationUpTo(Duration max) {
    return duration(
        "a duration of at most " + Durations.format(max) + ", such as \"30s\"",
        d -> d.compareTo(max) <= 0);
  }

  /** The same for what the system counts in seconds. */
  public static ScalarCodec<Duration> secondsUpTo(Duration max) {
    return duration(
        "a duration in whole seconds of at most " + Durations.format(max) + ", such as \"30s\"",
        d -> d.compareTo(max) <= 0 && d.toMillisPart() == 0);
  }

  /** A mode of a file. */
  public static ScalarCodec<FileMode> fileMode() {
    return parsed(FileMode.EXPECTED, FileMode::parse).describedBy(Schemas.fileMode());
  }

  /** A constant of an enum, in lower case. */
  public static <E extends Enum<E>> ScalarCodec<E> choice(Class<E> type) {
    return choice(List.of(type.getEnumConstants()));
  }

  /** One of these constants of an enum, in lower case. */
  public static <E extends Enum<E>> ScalarCodec<E> choice(List<E> constants) {
    return choice(constants, word -> Optional.empty());
  }

  /**
   * One of these constants of an enum, in lower case; errors name the one that was meant.
   *
   * @param foreign the one that another balancer's word means
   */
  public static <E extends Enum<E>> ScalarCodec<E> choice(
      List<E> constants, Function<String, Optional<String>> foreign) {
    List<String> labels = constants.stream().map(Scalars::label).toList();
    return named(
            "one of " + String.join(", ", labels),
            s -> constants.stream().filter(c -> label(c).equals(s)).findFirst(),
            Scalars::label,
            s -> foreign.apply(s).or(() -> Spelling.nearest(s.toLowerCase(Locale.ROOT), labels)))
        .describedBy(Schemas.oneOf(labels));
  }

  public static ScalarCodec<Algorithm> algorithm() {
    String all =
        Arrays.stream(Algorithm.values())
            .map(Algorithm::describe)
            .collect(Collectors.joining(", "));
    List<String> labels = Arrays.stream(Algorithm.values()).map(Algorithm::label).toList();
    List<String> names = Arrays.stream(Algorithm.values()).flatMap(Algorithm::names).toList();
    return named(
            "one of " + all,
            Algorithm::named,
            Algorithm::label,
            s ->
                ForeignWords.algorithm(s)
                    .or(() -> Spelling.nearest(s.toLowerCase(Locale.ROOT), labels)))
        .describedBy(Schemas.oneOfInAnyCase(names));
  }

  /** An integer of up to 64 bits. */
  public static ScalarCodec<Long> whole(long min, long max) {
    return new ScalarCodec<>(
        min == Long.MIN_VALUE ? "an integer" : "an integer from " + min + " to " + max,
        Schemas.integer(),
        v ->
            isWhole(v) && ((Number) v).longValue() >= min && ((Number) v).longValue() <= max
                ? Optional.of(((Number) v).longValue())
                : Optional.empty(),
        n -> n);
  }

  /** A number above 0. */
  public static ScalarCodec<Double> positive(double max) {
    return new ScalarCodec<>(
        "a number above 0 and at most " + (long) max,
        Schemas.number(0, max),
        v ->
            v instanceof Number n && n.doubleValue() > 0 && n.doubleValue() <= max
                ? Optional.of(n.doubleValue())
                : Optional.empty(),
        d -> d);
  }

  /** A string of a form that has a parser, which reads back what {@code toString} gives. */
  public static <T> ScalarCodec<T> parsed(String expected, Function<String, Optional<T>> parser) {
    return ofString(expected, parser, Object::toString);
  }

  /** The same where a number counts as the text that it is written as. */
  public static <T> ScalarCodec<T> parsedOrNumber(
      String expected, Function<String, Optional<T>> parser) {
    return new ScalarCodec<>(
        expected,
        new JsonObject(),
        v ->
            v instanceof String || v instanceof Number
                ? parser.apply(v.toString())
                : Optional.empty(),
        Object::toString);
  }

  /** How often something may happen; an empty text for no bound. */
  public static ScalarCodec<Rate> rate() {
    return explained(Rate.EXAMPLES, Rate::parse).describedBy(Schemas.rate());
  }

  /** A network, or an address. */
  public static ScalarCodec<Network> network() {
    return explained(Network.EXAMPLES, Network::parse).describedBy(Schemas.network());
  }

  /**
   * A string of a form that has a parser, which says in an {@link IllegalArgumentException} what is
   * wrong.
   */
  private static <T> ScalarCodec<T> explained(String expected, Function<String, T> parser) {
    return new ScalarCodec<>(
        expected,
        Schemas.text(),
        v -> v instanceof String s ? Optional.of(parser.apply(s)) : Optional.empty(),
        Object::toString,
        v -> v instanceof String s ? fault(s, parser) : Optional.empty());
  }

  private static Optional<String> fault(String text, Function<String, ?> parser) {
    try {
      // What is parsed is of no use here, only whether it can be.
      return Optional.of(parser.apply(text)).flatMap(parsed -> Optional.empty());
    } catch (IllegalArgumentException e) {
      return Optional.of(InvisibleText.shown(String.valueOf(e.getMessage())));
    }
  }

  /** HTTP status codes. */
  public static ScalarCodec<StatusRange> statusRange() {
    return new ScalarCodec<>(
        "a status code from 100 to 599 or a range, such as 200 or \"200-399\"",
        Schemas.statusRange(),
        v -> v instanceof String || isWhole(v) ? StatusRange.parse(v.toString()) : Optional.empty(),
        StatusRange::toString);
  }

  private static ScalarCodec<Integer> integer(String expected, int min, int max) {
    return new ScalarCodec<>(
        expected,
        Schemas.integer(min, max),
        v ->
            isWhole(v) && ((Number) v).longValue() >= min && ((Number) v).longValue() <= max
                ? Optional.of(((Number) v).intValue())
                : Optional.empty(),
        i -> i);
  }

  private static ScalarCodec<Duration> duration(String expected, Duration min) {
    return duration(expected, d -> d.compareTo(min) >= 0);
  }

  private static ScalarCodec<Duration> duration(String expected, Predicate<Duration> accepted) {
    return ofString(expected, s -> Durations.parse(s).filter(accepted), Durations::format)
        .describedBy(Schemas.duration());
  }

  /** A string that has to be of a form. */
  static <T> ScalarCodec<T> ofString(
      String expected, Function<String, Optional<T>> reader, Function<T, Object> writer) {
    return new ScalarCodec<>(
        expected,
        Schemas.text(),
        v -> v instanceof String s ? reader.apply(s) : Optional.empty(),
        writer);
  }

  /**
   * @param meant what was meant by a word that is not accepted
   */
  private static <T> ScalarCodec<T> named(
      String expected,
      Function<String, Optional<T>> reader,
      Function<T, Object> writer,
      Function<String, Optional<String>> meant) {
    return new ScalarCodec<>(
        expected,
        Schemas.text(),
        v -> v instanceof String s ? reader.apply(s) : Optional.empty(),
        writer,
        v ->
            v instanceof String s && reader.apply(s).isEmpty()
                ? meant.apply(s).map(word -> didYouMean(expected, s, word))
                : Optional.empty());
  }

  private static String didYouMean(String expected, String found, String meant) {
    return "expected %s, found the string \"%s\"; did you mean \"%s\"?"
        .formatted(expected, InvisibleText.shown(found), meant);
  }

  private static boolean isWhole(Object value) {
    return value instanceof Integer || value instanceof Long;
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
