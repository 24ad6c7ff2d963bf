package io.loble.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rule of the Prometheus adapter that makes a series a metric of pods. */
record AdapterRule(Map<String, Object> rule) {

  private static final Pattern SERIES = Pattern.compile("(\\w+)\\{(.*)}");

  static AdapterRule read() {
    Map<String, Object> rules =
        YamlFiles.map(YamlFiles.get(YamlFiles.document(Worlds.ADAPTER), "rules"));
    assertThat(rules).containsOnlyKeys("default", "custom");
    List<?> custom = YamlFiles.list(rules, "custom");
    assertThat(custom).hasSize(1);
    Map<String, Object> rule = YamlFiles.map(custom.get(0));
    assertThat(rule).containsOnlyKeys("seriesQuery", "resources", "name", "metricsQuery");
    return new AdapterRule(rule);
  }

  /** The series that it looks for. */
  String series() {
    return series(1);
  }

  private String series(int group) {
    Matcher matcher = SERIES.matcher(text("seriesQuery"));
    assertThat(matcher.matches()).isTrue();
    return matcher.group(group);
  }

  /** The name of the metric that it makes of them. */
  String handsOn() {
    Map<String, Object> name = YamlFiles.map(YamlFiles.get(rule, "name"));
    Matcher matcher =
        Pattern.compile(String.valueOf(YamlFiles.get(name, "matches"))).matcher(series());
    assertThat(matcher.find()).as("%s of %s", name, series()).isTrue();
    return matcher.replaceFirst(String.valueOf(YamlFiles.get(name, "as")));
  }

  /** The labels of a series that say which object it is about, by the kind of the object. */
  Map<String, String> labels() {
    Map<String, Object> overrides =
        YamlFiles.map(YamlFiles.get(YamlFiles.map(YamlFiles.get(rule, "resources")), "overrides"));
    return overrides.entrySet().stream()
        .collect(
            Collectors.toMap(
                label -> String.valueOf(YamlFiles.get(YamlFiles.map(label.getValue()), "resource")),
                Map.Entry::getKey));
  }

  /** The query that the adapter sends for the metric of some pods. */
  String query(String namespace, String pods) {
    String matchers =
        labels().get("namespace")
            + "=\""
            + namespace
            + "\","
            + labels().get("pod")
            + "=~\""
            + pods
            + "\"";
    return text("metricsQuery")
        .replace("<<.Series>>", series())
        .replace("<<.LabelMatchers>>", matchers)
        .replace("<<.GroupBy>>", String.valueOf(labels().get("pod")));
  }

  /** What the series that it looks for must match. */
  String selector() {
    return series(2);
  }

  private String text(String key) {
    return String.valueOf(YamlFiles.get(rule, key));
  }
}
