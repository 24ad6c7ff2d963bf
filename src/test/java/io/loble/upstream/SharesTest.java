package io.loble.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loble.model.BackendMode;
import io.loble.model.BackendState;
import io.loble.upstream.Shares.Candidate;
import io.loble.upstream.Shares.Share;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** How much of the new connections each backend is to get. */
class SharesTest {

  @Property
  void withoutLevelsOrSlowStartEachHasItsWeight(@ForAll("candidates") List<Candidate> some) {
    List<Candidate> alike = some.stream().map(c -> with(c, 1, 0)).toList();
    List<Share> shares = Shares.of(alike, 0);
    for (int i = 0; i < alike.size(); i++) {
      double expected = alike.get(i).mode() == BackendMode.READY ? alike.get(i).weight() : 0;
      assertThat(shares.get(i)).isEqualTo(new Share(expected, false));
    }
  }

  @Property
  void whatTheOperatorTookOutGetsNothingEvenInPanic(@ForAll("candidates") List<Candidate> some) {
    List<Share> shares = Shares.of(some, 1);
    for (int i = 0; i < some.size(); i++) {
      if (some.get(i).mode() != BackendMode.READY || some.get(i).weight() == 0) {
        assertThat(shares.get(i)).isEqualTo(new Share(0, false));
      }
    }
  }

  @Property
  void someBackendIsUsedIfOneIsInRotation(@ForAll("candidates") List<Candidate> some) {
    boolean any = some.stream().anyMatch(c -> isWanted(c) && c.state().inRotation());
    assertThat(used(some, Shares.of(some, 0)) > 0).isEqualTo(any);
  }

  @Property
  void inPanicAllThatAreWantedHaveAShareAndThoseOutOfRotationAreMarked(
      @ForAll("candidates") List<Candidate> some) {
    List<Candidate> out =
        some.stream()
            .map(c -> new Candidate(c.weight(), c.part(), 0, c.mode(), BackendState.UNHEALTHY))
            .toList();
    for (Share share : Shares.of(out, 0.01)) {
      assertThat(share.panic()).isEqualTo(share.weight() > 0);
    }
  }

  @Test
  void panicBeginsBelowTheThreshold() {
    List<Candidate> half = List.of(in(0), in(0), out(0), out(0));
    assertThat(panics(half, 0.5)).isFalse();
    assertThat(panics(half, 0.51)).isTrue();
    assertThat(panics(half, 0)).isFalse();
    assertThat(panics(List.of(out(0)), 0)).isFalse();
  }

  @Test
  void aLevelThatHasEnoughIsUsedRatherThanThoseThatHaveNot() {
    assertThat(Shares.of(List.of(out(0), out(0), in(1)), 0.5))
        .containsExactly(new Share(1, false), new Share(1, false), new Share(1, false));
    assertThat(second(10, 0, 0.9)).isEqualTo(1);
  }

  @Test
  void inPanicLevelsTakeAsMuchAsTheirHealthIs() {
    List<Candidate> some = List.of(in(0), out(0), out(0), out(0), in(1), out(1), out(1), out(1));
    List<Share> shares = Shares.of(some, 0.5);
    for (int i = 0; i < some.size(); i++) {
      assertThat(shares.get(i)).isEqualTo(new Share(1, i % 4 != 0));
    }
  }

  @Test
  void withoutAnyInRotationTheFirstLevelIsUsedInPanic() {
    assertThat(Shares.of(List.of(out(3), out(1)), 0.1))
        .containsExactly(new Share(1, false), new Share(1, true));
  }

  private static boolean panics(List<Candidate> some, double threshold) {
    return Shares.of(some, threshold).stream().anyMatch(Share::panic);
  }

  @Test
  void theNextLevelIsIdleWhileTheFirstHasEnough() {
    // Ten with 1.4 times the weight: eight of them are more than enough.
    assertThat(second(10, 10)).isZero();
    assertThat(second(10, 8)).isZero();
  }

  @Test
  void theNextLevelTakesWhatTheFirstLacks() {
    assertThat(second(10, 7)).isCloseTo(0.02, within(1e-9));
    assertThat(second(10, 5)).isCloseTo(0.3, within(1e-9));
    assertThat(second(10, 0)).isEqualTo(1);
  }

  /** The part of all that a second level of ten gets when so many of the first are in rotation. */
  private static double second(int first, int in) {
    return second(first, in, 0);
  }

  private static double second(int first, int in, double panicThreshold) {
    List<Candidate> some = new ArrayList<>();
    for (int i = 0; i < first; i++) {
      some.add(i < in ? in(0) : out(0));
    }
    for (int i = 0; i < 10; i++) {
      some.add(in(1));
    }
    List<Share> shares = Shares.of(some, panicThreshold);
    double all = used(some, shares);
    return shares.subList(first, first + 10).stream().mapToDouble(Share::weight).sum() / all;
  }

  @Test
  void levelsThatTogetherLackWeightShareInProportion() {
    List<Share> shares =
        Shares.of(List.of(in(0), out(0), out(0), out(0), in(1), out(1), out(1), out(1)), 0);
    assertThat(shares.get(0).weight()).isEqualTo(shares.get(4).weight()).isPositive();
  }

  @Test
  void aBackendThatWarmsUpHasItsPart() {
    Candidate warming = new Candidate(10, 0.1, 0, BackendMode.READY, BackendState.WARMING);
    assertThat(Shares.of(List.of(warming, in(0)), 0))
        .containsExactly(new Share(1, false), new Share(1, false));
  }

  private static double used(List<Candidate> some, List<Share> shares) {
    double sum = 0;
    for (int i = 0; i < some.size(); i++) {
      boolean isUsed = some.get(i).state().inRotation() || shares.get(i).panic();
      sum += isUsed ? shares.get(i).weight() : 0;
    }
    return sum;
  }

  private static boolean isWanted(Candidate candidate) {
    return candidate.mode() == BackendMode.READY && candidate.weight() > 0;
  }

  private static Candidate in(int priority) {
    return new Candidate(1, 1, priority, BackendMode.READY, BackendState.HEALTHY);
  }

  private static Candidate out(int priority) {
    return new Candidate(1, 1, priority, BackendMode.READY, BackendState.EJECTED);
  }

  private static Candidate with(Candidate candidate, double part, int priority) {
    return new Candidate(candidate.weight(), part, priority, candidate.mode(), candidate.state());
  }

  @Provide
  Arbitrary<List<Candidate>> candidates() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 256),
            Arbitraries.doubles().between(0.1, 1),
            Arbitraries.integers().between(0, 3),
            Arbitraries.of(BackendMode.class))
        .flatAs(
            (weight, part, priority, mode) ->
                states(mode).map(state -> new Candidate(weight, part, priority, mode, state)))
        .list()
        .ofMaxSize(8);
  }

  /** Those that a backend in that mode may have. */
  private static Arbitrary<BackendState> states(BackendMode mode) {
    return switch (mode) {
      case READY ->
          Arbitraries.of(BackendState.class).filter(state -> state != BackendState.MAINTENANCE);
      case DRAIN, LEAVING -> Arbitraries.of(BackendState.DRAINING, BackendState.UNHEALTHY);
      case MAINTENANCE -> Arbitraries.just(BackendState.MAINTENANCE);
    };
  }
}
