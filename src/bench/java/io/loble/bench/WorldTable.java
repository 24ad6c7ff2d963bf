package io.loble.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What clients met in a world, a line for each chooser: medians over the rounds.
 *
 * @param samples of each chooser, one a round
 */
record WorldTable(World world, Map<Chooser, List<WorldSample>> samples) {

  private static final double PERCENT = 100;

  @Override
  public String toString() {
    Markdown table = new Markdown(titles());
    samples.forEach(
        (chooser, rounds) -> {
          if (!rounds.isEmpty()) {
            table.add(line(chooser, rounds));
          }
        });
    return "### " + world.title() + "\n\n" + table;
  }

  private static String[] titles() {
    List<String> titles = new ArrayList<>(List.of("chooser", "p50, ms", "p99, ms", "failed, %"));
    titles.add("to the first backend, %");
    titles.add("to each of the others, %");
    return titles.toArray(String[]::new);
  }

  private static List<String> line(Chooser chooser, List<WorldSample> rounds) {
    return List.of(
        chooser.title(),
        withRange(rounds, WorldSample::p50Millis, Numbers::format),
        withRange(rounds, WorldSample::p99Millis, Numbers::format),
        withRange(rounds, WorldSample::failed, WorldTable::percent),
        share(rounds, 0),
        IntStream.range(1, World.BACKENDS)
            .mapToObj(backend -> share(rounds, backend))
            .collect(Collectors.joining(" ")));
  }

  /** The median, with the lowest and the highest where they differ. */
  private static String withRange(
      List<WorldSample> rounds,
      ToDoubleFunction<WorldSample> figure,
      DoubleFunction<String> format) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    String lowest = format.apply(sorted[0]);
    String highest = format.apply(sorted[sorted.length - 1]);
    String median = format.apply(median(rounds, figure));
    return lowest.equals(highest) ? median : "%s (%s–%s)".formatted(median, lowest, highest);
  }

  private static String share(List<WorldSample> rounds, int backend) {
    return percent(median(rounds, sample -> sample.shares().get(backend)));
  }

  private static double median(List<WorldSample> rounds, ToDoubleFunction<WorldSample> figure) {
    return Median.of(rounds.stream().mapToDouble(figure)).orElseThrow();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", PERCENT * share);
  }
}
