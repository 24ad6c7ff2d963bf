package io.loble.play;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Something must be seen.
 *
 * @param that all of which must hold at the same time
 * @param within how long it may take until it does; zero for not at all
 * @param during how long it must hold from then on
 */
record ExpectStep(List<Claim> that, Duration within, Duration during) implements Step {

  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  @Override
  public String says() {
    String what = that.stream().map(Claim::toString).collect(Collectors.joining(", "));
    String soon = within.isZero() ? "" : " within " + Text.of(within);
    String held = during.isZero() ? "" : " during " + Text.of(during);
    return "expect " + what + soon + held;
  }

  @Override
  public void play(Stage stage) throws StepFailedException {
    Duration begin = stage.elapsed();
    List<Seen> seen = look(stage);
    while (!allHold(seen)) {
      if (stage.elapsed().minus(begin).compareTo(within) >= 0) {
        throw new StepFailedException(complaint(seen));
      }
      stage.pause(LOOK_EVERY);
      seen = look(stage);
    }
    Duration held = stage.elapsed();
    stage.tell("  ok  " + values(seen) + soon(held.minus(begin)));
    keep(stage, held.plus(during));
  }

  private void keep(Stage stage, Duration until) throws StepFailedException {
    while (stage.elapsed().compareTo(until) < 0) {
      stage.pause(LOOK_EVERY);
      List<Seen> seen = look(stage);
      if (!allHold(seen)) {
        throw new StepFailedException("no more: " + complaint(seen));
      }
    }
  }

  private String soon(Duration took) {
    return within.isZero() ? "" : " after " + Text.of(took);
  }

  private List<Seen> look(Stage stage) {
    Picture now = stage.picture();
    return that.stream().map(claim -> claim.look(stage, now)).toList();
  }

  private static boolean allHold(List<Seen> seen) {
    return seen.stream().allMatch(Seen::holds);
  }

  private static String values(List<Seen> seen) {
    return seen.stream().map(Seen::value).collect(Collectors.joining(", "));
  }

  private static String complaint(List<Seen> seen) {
    return seen.stream()
        .filter(one -> !one.holds())
        .map(Seen::complaint)
        .collect(Collectors.joining(", "));
  }
}
