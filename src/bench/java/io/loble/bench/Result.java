package io.loble.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a row gave.
 *
 * @param samples of each peer, by its name, one a round; null where the round failed
 * @param notes what went wrong
 */
record Result(Row row, Map<String, List<@Nullable Sample>> samples, List<String> notes) {

  /** What any peer has a figure of, in the order of the table. */
  List<Metric> metrics() {
    return Arrays.stream(Metric.values()).filter(this::isMeasured).toList();
  }

  private boolean isMeasured(Metric metric) {
    return samples.keySet().stream().anyMatch(peer -> median(peer, metric).isPresent());
  }

  /** Over the rounds. */
  OptionalDouble median(String peer, Metric metric) {
    return Median.of(
        samples.getOrDefault(peer, List.of()).stream()
            .map(sample -> figure(sample, metric))
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue));
  }

  /** The ratio of two peers' medians; empty where the other's is 0 or either was not measured. */
  OptionalDouble ratio(String peer, String other, Metric metric) {
    OptionalDouble ours = median(peer, metric);
    OptionalDouble theirs = median(other, metric);
    return ours.isEmpty() || theirs.isEmpty() || theirs.getAsDouble() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(ours.getAsDouble() / theirs.getAsDouble());
  }

  /** One peer's figure to another's of the same round, lowest first. */
  double[] ratios(String peer, String other, Metric metric) {
    List<@Nullable Sample> ours = samples.getOrDefault(peer, List.of());
    List<@Nullable Sample> theirs = samples.getOrDefault(other, List.of());
    return IntStream.range(0, Math.min(ours.size(), theirs.size()))
        .mapToObj(i -> ratio(figure(ours.get(i), metric), figure(theirs.get(i), metric)))
        .flatMapToDouble(r -> r)
        .sorted()
        .toArray();
  }

  private static DoubleStream ratio(@Nullable Double ours, @Nullable Double theirs) {
    return ours == null || theirs == null || theirs == 0
        ? DoubleStream.empty()
        : DoubleStream.of(ours / theirs);
  }

  private static @Nullable Double figure(@Nullable Sample sample, Metric metric) {
    return sample == null ? null : sample.figure(metric);
  }

  /** What went wrong, and how many requests failed. */
  Stream<String> remarks() {
    Stream<String> failures =
        samples.entrySet().stream()
            .filter(e -> errors(e.getValue()) > 0)
            .map(e -> e.getKey() + ": " + errors(e.getValue()) + " errors");
    return Stream.concat(notes.stream(), failures).map(note -> row.name() + ": " + note);
  }

  private static long errors(List<@Nullable Sample> samples) {
    return samples.stream().filter(Objects::nonNull).mapToLong(Sample::errors).sum();
  }
}
