package io.loble.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What JMH measures. */
final class Microbenchmarks {

  static final String NAME = "jmh";

  private Microbenchmarks() {}

  /** Runs all of them, and returns the table. */
  static String run() throws RunnerException {
    String here = Microbenchmarks.class.getPackageName().replace(".", "\\.");
    OptionsBuilder options = new OptionsBuilder();
    options.include(here + "\\.\\w+Benchmark\\.").shouldFailOnError(true);
    Markdown table = new Markdown("benchmark", "with", "ns a call", "± (99.9 %)");
    for (RunResult result : new Runner(options.build()).run()) {
      table.add(line(result));
    }
    return table.toString();
  }

  private static List<String> line(RunResult run) {
    Result<?> result = run.getPrimaryResult();
    String name = run.getParams().getBenchmark();
    String parameters =
        run.getParams().getParamsKeys().stream()
            .map(key -> key + " " + run.getParams().getParam(key).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return List.of(
        name.substring(Microbenchmarks.class.getPackageName().length() + 1),
        parameters.isEmpty() ? "–" : parameters,
        Numbers.format(result.getScore()),
        Numbers.format(result.getScoreError()));
  }
}
