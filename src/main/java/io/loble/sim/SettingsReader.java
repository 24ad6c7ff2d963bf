package io.loble.sim;

import io.loble.config.ConfigError;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings from one source and collects what is wrong with them: every method answers with
 * its fallback where a value is absent, and also, after noting an error, where it is bad.
 */
public final class SettingsReader {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final Pattern ZERO = Pattern.compile("0+(ms|s|m|h)?");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})(B|KiB|MiB|GiB|)");

  private final String source;
  private final String prefix;
  private final JsonObject values;
  private final boolean textual;
  private final List<ConfigError> errors;

  private SettingsReader(
      String source, String prefix, JsonObject values, boolean textual, List<ConfigError> errors) {
    this.source = source;
    this.prefix = prefix;
    this.values = values;
    this.textual = textual;
    this.errors = errors;
  }

  /** Reads the JSON of {@code -conf}. */
  static SettingsReader json(JsonObject values, List<ConfigError> errors) {
    return new SettingsReader("-conf", "", values, false, errors);
  }

  /** Reads the JSON of some other source, which errors name. */
  public static SettingsReader json(String source, JsonObject values, List<ConfigError> errors) {
    return new SettingsReader(source, "", values, false, errors);
  }

  /** Reads one value that came as text. */
  static SettingsReader text(String source, String key, String text, List<ConfigError> errors) {
    return new SettingsReader(source, "", new JsonObject().put(key, text), true, errors);
  }

  /** Reads environment variables; one that is blank counts as absent. */
  static SettingsReader environment(Map<String, String> variables, List<ConfigError> errors) {
    JsonObject values = new JsonObject();
    variables.forEach(
        (name, value) -> {
          if (!value.isBlank()) {
            values.put(name, value.strip());
          }
        });
    return new SettingsReader("environment", "", values, true, errors);
  }

  /** Notes an error for every key that is not among the known ones. */
  public SettingsReader knowing(List<String> known) {
    for (String key : values.fieldNames()) {
      if (!known.contains(key)) {
        error(key, "unknown key; " + NearestKey.hint(key, known));
      }
    }
    return this;
  }

  public boolean has(String key) {
    return values.getValue(key) != null;
  }

  /** The object under that key, to be read by itself; empty when absent or no object. */
  public Optional<SettingsReader> object(String key) {
    Object value = values.getValue(key);
    if (value instanceof JsonObject object) {
      return Optional.of(new SettingsReader(source, prefix + key + ".", object, textual, errors));
    }
    if (value != null) {
      bad(key, "an object", value);
    }
    return Optional.empty();
  }

  /** The objects in the array under that key, to be read one by one; none when it is absent. */
  public List<SettingsReader> objects(String key) {
    Object value = values.getValue(key);
    if (value instanceof JsonArray array) {
      return IntStream.range(0, array.size())
          .mapToObj(i -> element(key + "[" + i + "]", array.getValue(i)))
          .flatMap(Optional::stream)
          .toList();
    }
    if (value != null) {
      bad(key, "an array of objects", value);
    }
    return List.of();
  }

  private Optional<SettingsReader> element(String key, Object value) {
    if (value instanceof JsonObject object) {
      return Optional.of(new SettingsReader(source, prefix + key + ".", object, textual, errors));
    }
    bad(key, "an object", value);
    return Optional.empty();
  }

  /** What is read here, as it is; not to be changed. */
  public JsonObject values() {
    return values;
  }

  public String text(String key, String fallback) {
    Object value = values.getValue(key);
    if (value == null) {
      return fallback;
    }
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    bad(key, "a text that is not empty", value);
    return fallback;
  }

  public int integer(String key, int fallback, int min, int max) {
    return optionalInteger(key, min, max).orElse(fallback);
  }

  public OptionalInt optionalInteger(String key, int min, int max) {
    OptionalLong value = wholeNumber(key, min, max);
    return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
  }

  public OptionalLong wholeNumber(String key, long min, long max) {
    Object value = values.getValue(key);
    if (value == null) {
      return OptionalLong.empty();
    }
    Long whole = whole(value);
    if (whole == null || whole < min || whole > max) {
      String range = min == Long.MIN_VALUE ? "" : " from " + min + " to " + max;
      bad(key, "a whole number" + range, value);
      return OptionalLong.empty();
    }
    return OptionalLong.of(whole);
  }

  /** {@code true} or {@code false}; where values are text, {@code 1} and {@code 0} as well. */
  public boolean flag(String key, boolean fallback) {
    Object value = values.getValue(key);
    if (value == null) {
      return fallback;
    }
    String text = textual || value instanceof Boolean ? value.toString() : "";
    return switch (text) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> {
        bad(key, "true or false", value);
        yield fallback;
      }
    };
  }

  /**
   * A text of a certain form.
   *
   * @param wanted the form in words, to follow "must be"
   */
  <T> T parsed(String key, T fallback, Function<String, Optional<T>> parser, String wanted) {
    Object value = values.getValue(key);
    if (value == null) {
      return fallback;
    }
    Optional<T> parsed = value instanceof String text ? parser.apply(text) : Optional.empty();
    if (parsed.isEmpty()) {
      bad(key, wanted, value);
    }
    return parsed.orElse(fallback);
  }

  /** A number above 0 and up to {@code max}. */
  public double positive(String key, double fallback, double max) {
    Object value = values.getValue(key);
    if (value == null) {
      return fallback;
    }
    Double number = number(value);
    if (number == null || !(number > 0 && number <= max)) {
      bad(key, "a number above 0, at most " + (long) max, value);
      return fallback;
    }
    return number;
  }

  /** A duration above zero, such as {@code 250ms}, {@code 30s}, {@code 5m} or {@code 1h}. */
  public Optional<Duration> duration(String key) {
    Object value = values.getValue(key);
    if (value == null) {
      return Optional.empty();
    }
    Matcher matcher = DURATION.matcher(value.toString());
    Duration duration = matcher.matches() ? duration(matcher) : Duration.ZERO;
    if (duration.isZero()) {
      bad(key, "a duration such as \"250ms\", \"30s\" or \"5m\"", value);
      return Optional.empty();
    }
    return Optional.of(duration);
  }

  public void error(String key, String reason) {
    errors.add(new ConfigError(source, 0, 0, prefix + key, reason));
  }

  /** A duration as {@link #duration} takes it, or zero, as {@code 0} or {@code 0s}. */
  Optional<Duration> durationOrZero(String key) {
    Object value = values.getValue(key);
    return value != null && ZERO.matcher(value.toString()).matches()
        ? Optional.of(Duration.ZERO)
        : duration(key);
  }

  /**
   * A number of bytes from 1, as a whole number or such as {@code 64KiB}, {@code 4MiB} or {@code
   * 1GiB}.
   */
  long size(String key, long fallback, long max) {
    Object value = values.getValue(key);
    if (value == null) {
      return fallback;
    }
    Matcher matcher = SIZE.matcher(value.toString());
    long size = matcher.matches() ? size(matcher) : 0;
    if (size < 1 || size > max) {
      bad(key, "a size such as 65536, \"64KiB\" or \"4MiB\", from 1 to " + max, value);
      return fallback;
    }
    return size;
  }

  /** How many clients may fail, as text or as a number. */
  Optional<FailureLimit> failureLimit(String key) {
    Object value = values.getValue(key);
    if (value == null) {
      return Optional.empty();
    }
    Optional<FailureLimit> limit = FailureLimit.parse(value.toString());
    if (limit.isEmpty()) {
      bad(key, FailureLimit.EXPECTED, value);
    }
    return limit;
  }

  private static long size(Matcher matcher) {
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "KiB" -> amount << 10;
      case "MiB" -> amount << 20;
      case "GiB" -> amount << 30;
      default -> amount;
    };
  }

  private static Duration duration(Matcher matcher) {
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  private @Nullable Double number(Object value) {
    try {
      return value instanceof Number number
          ? Double.valueOf(number.doubleValue())
          : textual ? Double.valueOf(value.toString()) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private @Nullable Long whole(Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    try {
      return textual ? Long.valueOf(value.toString()) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private void bad(String key, String wanted, Object value) {
    String shown = value instanceof String ? "\"" + value + "\"" : value.toString();
    error(key, "must be " + wanted + ", not " + shown);
  }
}
