package io.loble.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Which targets were met, of those that were measured. */
record TargetTable(List<Result> results) {

  @Override
  public String toString() {
    Markdown table = new Markdown("row", "target for", "must", "aim", "measured", "verdict");
    for (Target target : Target.ALL) {
      find(target.row()).ifPresent(result -> add(table, target, target.measured(result)));
    }
    return table.toString();
  }

  private Optional<Result> find(String row) {
    return results.stream().filter(result -> result.row().name().equals(row)).findFirst();
  }

  private static void add(Markdown table, Target target, OptionalDouble measured) {
    String bound = target.atLeast() ? "≥ " : "≤ ";
    table.add(
        List.of(
            target.row(),
            target.metric().title() + ", Loble" + (target.isRatio() ? " / " + target.peer() : ""),
            bound + number(target, target.must()),
            bound + number(target, target.aim()),
            measured.isPresent() ? number(target, measured.getAsDouble()) : "–",
            measured.isPresent() ? target.verdict(measured.getAsDouble()) : "not measured"));
  }

  private static String number(Target target, double value) {
    return target.isRatio() ? Numbers.ratio(value) : Numbers.format(value);
  }
}
