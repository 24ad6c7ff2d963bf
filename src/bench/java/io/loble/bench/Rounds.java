package io.loble.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Measures rows: in each round every peer once, and each round begins with another peer. */
record Rounds(Settings settings, List<Peer> peers, Path directory) {

  Result run(Row row) {
    Map<String, List<@Nullable Sample>> samples = new LinkedHashMap<>();
    List<String> notes = new ArrayList<>();
    peers.forEach(peer -> samples.put(peer.name(), new ArrayList<>()));
    row.missing()
        .ifPresentOrElse(
            reason -> notes.add("skipped, " + reason), () -> measure(row, samples, notes));
    return new Result(row, samples, notes);
  }

  private void measure(Row row, Map<String, List<@Nullable Sample>> samples, List<String> notes) {
    System.out.printf("%n%s: %s%n", row.name(), row.work());
    try (Row.Trial trial = row.begin(directory, peers)) {
      for (int round = 0; round < settings.rounds(); round++) {
        for (Peer peer : order(peers, round)) {
          Sample sample = measure(trial, peer, notes);
          samples.computeIfAbsent(peer.name(), name -> new ArrayList<>()).add(sample);
          System.out.printf("  %d %-8s %s%n", round + 1, peer.name(), line(sample));
        }
      }
    } catch (Exception e) {
      notes.add("skipped, " + firstLine(e));
      System.out.println("  skipped, " + firstLine(e));
    }
  }

  /** All of them, beginning with another one in each round. */
  static <T> List<T> order(List<T> all, int round) {
    List<T> order = new ArrayList<>(all);
    Collections.rotate(order, -round);
    return order;
  }

  private static @Nullable Sample measure(Row.Trial trial, Peer peer, List<String> notes) {
    try {
      return trial.measure(peer);
    } catch (Exception e) {
      notes.add(peer.name() + " failed: " + firstLine(e));
      return null;
    }
  }

  private static String line(@Nullable Sample sample) {
    return sample == null
        ? "failed"
        : sample.figures().entrySet().stream()
            .map(e -> Numbers.format(e.getValue()) + " " + e.getKey().title())
            .collect(Collectors.joining("; "));
  }

  /** A table has no room for more. */
  private static String firstLine(Exception e) {
    return e.toString().lines().limit(3).collect(Collectors.joining(" "));
  }
}
