package io.loble.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All results side by side. */
record ResultTable(List<Result> results, List<Peer> peers) {

  private static final String NOTHING = "–";

  @Override
  public String toString() {
    Markdown table = new Markdown(titles());
    for (Result result : results) {
      for (Metric metric : result.metrics()) {
        table.add(line(result, metric));
      }
    }
    String remarks =
        results.stream()
            .flatMap(Result::remarks)
            .map(remark -> "- " + remark + "\n")
            .collect(Collectors.joining());
    return table + (remarks.isEmpty() ? "" : "\nRemarks:\n\n" + remarks);
  }

  private String[] titles() {
    return Stream.of(
            Stream.of("row", "measured"),
            peers.stream().map(Peer::title),
            others().map(peer -> "Loble / " + peer.title()))
        .flatMap(s -> s)
        .toArray(String[]::new);
  }

  /** Those that Loble is compared to. */
  private Stream<Peer> others() {
    boolean loble = peers.stream().anyMatch(ResultTable::isLoble);
    return peers.stream().filter(peer -> loble && !isLoble(peer));
  }

  private static boolean isLoble(Peer peer) {
    return peer.name().equals(LoblePeer.NAME);
  }

  private List<String> line(Result result, Metric metric) {
    List<String> cells = new ArrayList<>(List.of(result.row().name(), metric.title()));
    for (Peer peer : peers) {
      OptionalDouble median = result.median(peer.name(), metric);
      cells.add(median.isPresent() ? Numbers.format(median.getAsDouble()) : NOTHING);
    }
    others().forEach(peer -> cells.add(ratio(result, peer.name(), metric)));
    return cells;
  }

  /** The ratio of the two medians in this line, and its range over the rounds. */
  private static String ratio(Result result, String peer, Metric metric) {
    OptionalDouble ratio = result.ratio(LoblePeer.NAME, peer, metric);
    if (ratio.isEmpty()) {
      return NOTHING;
    }
    String shown = Numbers.ratio(ratio.getAsDouble());
    double[] rounds = result.ratios(LoblePeer.NAME, peer, metric);
    return rounds.length < 2
        ? shown
        : "%s (%s–%s)"
            .formatted(shown, Numbers.ratio(rounds[0]), Numbers.ratio(rounds[rounds.length - 1]));
  }
}
