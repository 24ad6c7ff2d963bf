package io.loble.play;

import io.loble.config.read.TableReader;
import io.loble.sim.Settings;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what must be seen. */
final class ExpectReader {

  private ExpectReader() {}

  static Optional<Step> read(TableReader step, Cast cast) {
    StepReader.knowing(step, "that", "within", "during");
    List<Claim> claims = new ArrayList<>();
    TableReader that = step.table("that").orElse(null);
    if (that == null || that.values().isEmpty()) {
      step.error("that", "is missing; an object such as {\"server-1.state\": \"healthy\"}");
      return Optional.empty();
    }
    for (String key : that.values().fieldNames()) {
      claim(that, key, cast).ifPresent(claims::add);
    }
    return Optional.of(
        new ExpectStep(
            claims,
            step.read("within", Settings.DURATION).orElse(Duration.ZERO),
            step.read("during", Settings.DURATION).orElse(Duration.ZERO)));
  }

  private static Optional<Claim> claim(TableReader that, String key, Cast cast) {
    int dot = key.lastIndexOf('.');
    String subject = key.substring(0, Math.max(0, dot));
    String name = key.substring(dot + 1);
    Map<String, Value> known = cast.observables(subject);
    Value value = known.get(name);
    if (value == null) {
      that.error(
          key,
          known.isEmpty() ? noSubject(cast) : "known here: " + String.join(", ", known.keySet()));
      return Optional.empty();
    }
    return expectation(that, key).map(expected -> new Claim(subject, name, value, expected));
  }

  private static String noSubject(Cast cast) {
    List<String> subjects = new ArrayList<>(cast.servers());
    subjects.addAll(cast.pools());
    subjects.addAll(cast.clients());
    subjects.add(Observable.BALANCER);
    return "must be SUBJECT.NAME with one of the subjects " + String.join(", ", subjects);
  }

  private static Optional<Expectation> expectation(TableReader that, String key) {
    Object value = that.values().getValue(key);
    if (value instanceof String word) {
      return Optional.of(new Expectation.Word(word));
    }
    if (value instanceof Boolean truth) {
      return Optional.of(new Expectation.Word(truth.toString()));
    }
    if (value instanceof Number number) {
      return Optional.of(new Expectation.Range(number.doubleValue(), number.doubleValue()));
    }
    if (value instanceof JsonObject range && isRange(range)) {
      return Optional.of(
          new Expectation.Range(
              range.getDouble("min", Double.NEGATIVE_INFINITY),
              range.getDouble("max", Double.POSITIVE_INFINITY)));
    }
    that.error(
        key,
        "must be a word, true or false, a number, or a range such as {\"min\": 1, \"max\": 10}");
    return Optional.empty();
  }

  private static boolean isRange(JsonObject range) {
    return !range.isEmpty()
        && range.stream()
            .allMatch(
                bound ->
                    (bound.getKey().equals("min") || bound.getKey().equals("max"))
                        && bound.getValue() instanceof Number);
  }
}
