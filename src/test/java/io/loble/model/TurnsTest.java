package io.loble.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Turns that many cores take. */
class TurnsTest {

  private static final int THREADS = 4;
  private static final int ROUNDS = 20_000;

  private final PoolStats stats = new PoolStats();

  @Test
  void eachTurnIsTakenOnceHoweverManyTake() {
    List<Turn> taken = Collections.synchronizedList(new ArrayList<>());
    Threads.run(
        THREADS,
        () -> {
          Turns turns = turns("a");
          List<Turn> own = new ArrayList<>();
          for (int i = 0; i < ROUNDS; i++) {
            own.add(turns.take());
          }
          taken.addAll(own);
        });
    assertThat(taken.stream().mapToLong(Turn::number).sorted())
        .containsExactlyElementsOf(LongStream.range(0, THREADS * ROUNDS).boxed().toList());
    assertThat(taken).allMatch(turn -> turn.index() == turn.number() % Counting.STRETCH);
  }

  @Test
  void whatIsNextCanBeSeenWithoutTakingIt() {
    Turns turns = turns("a");
    for (int i = 0; i < 3 * Counting.STRETCH; i++) {
      Turn seen = turns.peek();
      assertThat(turns.peek().number()).isEqualTo(seen.number());
      Turn taken = turns.take();
      assertThat(taken.number()).isEqualTo(seen.number());
      assertThat(taken.index()).isEqualTo(seen.index());
    }
  }

  @Test
  void numbersGoOnWhenSharersChange() {
    turns("a").take();
    turns("a").take();
    assertThat(turns("b").take().number()).isEqualTo(2);
    assertThat(turns("b").take().number()).isEqualTo(3);
  }

  @Test
  void aCoreThatIsBehindFindsItsTurns() {
    Turns a = turns("a");
    IntStream.range(0, 7).forEach(i -> turns("b" + i));
    assertThat(turns("a")).isSameAs(a);
    IntStream.range(0, 8).forEach(i -> turns("c" + i));
    assertThat(turns("a")).isNotSameAs(a);
  }

  @Test
  void coresThatBeginTogetherHaveTheSameTurns() {
    List<Turns> got = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 200; i++) {
      String sharers = "s" + i;
      got.clear();
      Threads.run(THREADS, () -> got.add(turns(sharers)));
      assertThat(got).hasSize(THREADS).allMatch(turns -> turns == got.get(0));
    }
  }

  private Turns turns(String sharers) {
    return stats.turns(sharers, last -> new Counting());
  }

  private static final class Counting implements TurnOrder {

    static final int STRETCH = 5;

    @Override
    public int length() {
      return STRETCH;
    }

    @Override
    public int at(int position) {
      return position;
    }

    @Override
    public TurnOrder next() {
      return new Counting();
    }
  }
}
