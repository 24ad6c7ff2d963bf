package io.loble.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page in the Prometheus text format, read strictly: a family has one HELP and one TYPE line, its
 * series follow at once, and no series stands twice.
 */
final class MetricsText {

  private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][\\w:]*) (.*)");
  private static final Pattern TYPE =
      Pattern.compile("# TYPE ([a-zA-Z_:][\\w:]*) (counter|gauge|histogram|summary|untyped)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? ([-+]?(?:[0-9.]+(?:E-?\\d+)?|Inf|NaN))");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, Map<Map<String, String>, Double>> series = new LinkedHashMap<>();
  private String helped = "";
  private String family = "";

  /**
   * @throws AssertionError naming the line that is not valid
   */
  static MetricsText parse(String page) {
    if (!page.endsWith("\n")) {
      throw new AssertionError("the last line does not end");
    }
    MetricsText text = new MetricsText();
    page.lines().forEach(text::line);
    return text;
  }

  /** Types by family. */
  Map<String, String> types() {
    return types;
  }

  /** All series of a name, by their labels. */
  Map<Map<String, String>, Double> series(String name) {
    return series.getOrDefault(name, Map.of());
  }

  /** How many series have such labels. */
  long count(Predicate<Map<String, String>> labels) {
    return series.values().stream().flatMap(of -> of.keySet().stream()).filter(labels).count();
  }

  /**
   * The value of one series.
   *
   * @param labels names and values in turn
   */
  double value(String name, String... labels) {
    Map<String, String> wanted = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      wanted.put(labels[i], labels[i + 1]);
    }
    return Optional.ofNullable(series(name).get(wanted))
        .orElseThrow(() -> new AssertionError("no " + name + wanted + " in " + series(name)));
  }

  private void line(String line) {
    Matcher help = HELP.matcher(line);
    Matcher type = TYPE.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (help.matches()) {
      helped = help.group(2).isBlank() ? "" : help.group(1);
    } else if (type.matches()) {
      begin(type.group(1), type.group(2));
    } else if (sample.matches()) {
      add(sample.group(1), labels(sample.group(2)), number(sample.group(3)));
    } else {
      throw new AssertionError("not of the format: " + line);
    }
  }

  private void begin(String name, String type) {
    // Some of the meters of libraries have no help; ours all have it.
    if (name.startsWith("loble_") && !helped.equals(name)) {
      throw new AssertionError("no help for " + name);
    }
    if (types.put(name, type) != null) {
      throw new AssertionError("two families are called " + name);
    }
    family = name;
  }

  private void add(String name, Map<String, String> labels, double value) {
    String expected =
        switch (types.getOrDefault(family, "")) {
          case "histogram" -> family + "_(bucket|sum|count)";
          case "summary" -> family + "(_sum|_count)?";
          default -> family;
        };
    if (!name.matches(expected)) {
      throw new AssertionError(name + " stands in the family " + family);
    }
    if (series.computeIfAbsent(name, n -> new LinkedHashMap<>()).put(labels, value) != null) {
      throw new AssertionError(name + labels + " stands twice");
    }
  }

  private static Map<String, String> labels(@Nullable String text) {
    Map<String, String> labels = new TreeMap<>();
    String rest = text == null ? "" : text;
    Matcher label = LABEL.matcher(rest);
    int end = 0;
    while (label.find() && label.start() == end) {
      labels.put(label.group(1), label.group(2));
      end = label.end();
    }
    if (end != rest.length()) {
      throw new AssertionError("not labels: " + text);
    }
    return labels;
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace("Inf", "Infinity"));
  }
}
