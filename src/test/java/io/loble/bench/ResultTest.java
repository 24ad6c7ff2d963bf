package io.loble.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Medians over the rounds, their ratios, and the range of the ratios within each round. */
class ResultTest {

  private final Result result =
      new Result(
          new StartRow(),
          Map.of(
              "loble", rounds(30.0, 10.0, null, 20.0), "haproxy", rounds(10.0, 20.0, 10.0, 10.0)),
          List.of("loble failed: why"));

  @Test
  void theMedianLeavesOutWhatFailed() {
    assertThat(result.median("loble", Metric.START)).hasValue(20);
    assertThat(result.median("nginx", Metric.START)).isEmpty();
    assertThat(result.median("loble", Metric.P99)).isEmpty();
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
    assertThat(Median.of(Arrays.stream(new double[] {4, 1, 3, 2}))).hasValue(2.5);
  }

  @Test
  void aRatioNeedsBothOfItsRound() {
    assertThat(result.ratios("loble", "haproxy", Metric.START)).containsExactly(0.5, 2, 3);
  }

  @Test
  void theTableShowsTheRatioOfTheMediansBesideItAndTheRangeOverTheRounds() {
    assertThat(table(result))
        .contains("| 20.0  | 10.0    | 2.00 (0.50–3.00) |", "- start: loble failed: why");
  }

  @Test
  void aRatioNeverContradictsTheTwoMediansBesideIt() {
    // The median of the ratios within each round would be 2.
    assertThat(table(startTimes(rounds(10.0, 20.0, 40.0), rounds(5.0, 40.0, 20.0))))
        .contains("| 20.0  | 20.0    | 1.00 (0.50–2.00) |");
  }

  @Test
  void thereIsNoRatioToNothing() {
    assertThat(startTimes(rounds(1.0), rounds(0.0)).ratio("loble", "haproxy", Metric.START))
        .isEmpty();
    assertThat(result.ratio("loble", "nginx", Metric.START)).isEmpty();
    assertThat(table(startTimes(rounds(1.0), rounds(0.0)))).contains("| –               |");
  }

  @Test
  void smallFiguresKeepDigitsToDivideBy() {
    assertThat(Numbers.format(0.0254)).isEqualTo("0.0254");
    assertThat(Numbers.format(0.254)).isEqualTo("0.254");
    assertThat(Numbers.format(0)).isEqualTo("0");
  }

  @Test
  void aTargetIsMetFromItsBoundOn() {
    Target target = new Target("start", Metric.START, HaproxyPeer.NAME, false, 2, 1.5);
    assertThat(target.measured(result)).hasValue(2);
    assertThat(target.verdict(2)).isEqualTo("met");
    assertThat(target.verdict(1.5)).isEqualTo("met, and the aim");
    assertThat(target.verdict(2.01)).contains("not met");
  }

  private static String table(Result result) {
    List<Peer> peers =
        List.of(
            new LoblePeer("loble", "Loble", Path.of("jar"), List.of(), LoblePeer.PLAIN),
            new HaproxyPeer(false));
    return new ResultTable(List.of(result), peers).toString();
  }

  private static Result startTimes(List<@Nullable Sample> loble, List<@Nullable Sample> haproxy) {
    return new Result(new StartRow(), Map.of("loble", loble, "haproxy", haproxy), List.of());
  }

  private static List<@Nullable Sample> rounds(@Nullable Double... values) {
    return Arrays.stream(values)
        .map(value -> value == null ? null : new Sample(Map.of(Metric.START, value)))
        .toList();
  }
}
