package io.loble.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Deadlines come when they are due, not before, and each once. */
class DeadlineWheelTest {

  private static final int SLOTS = 512;

  private final List<Deadline> fired = new ArrayList<>();
  private Consumer<Deadline> onExpiry = fired::add;
  private final DeadlineWheel<Deadline> wheel = new DeadlineWheel<>(d -> onExpiry.accept(d));

  private static final class Deadline extends DeadlineWheel.Entry {
    private final int id;

    Deadline(int id) {
      this.id = id;
    }
  }

  private enum Kind {
    SCHEDULE,
    REMOVE,
    ADVANCE
  }

  /** Something done to one of a few entries, so that many tries hit the same. */
  private record Action(Kind kind, int id, long ticks) {}

  /** The same deadlines in a map. */
  private static final class Model {

    private final Map<Integer, Long> due = new HashMap<>();
    private final List<Deadline> entries =
        Stream.iterate(0, i -> i + 1).limit(8).map(Deadline::new).toList();
    private final DeadlineWheel<Deadline> wheel = new DeadlineWheel<>(this::expired);
    private boolean exact;

    void run(Action action) {
      Deadline entry = entries.get(action.id());
      switch (action.kind()) {
        case SCHEDULE -> {
          boolean never = action.ticks() % 5 == 0;
          long at = never ? DeadlineWheel.NEVER : wheel.now() + action.ticks();
          wheel.schedule(entry, at);
          due.put(entry.id, Math.max(at, wheel.now() + 1));
        }
        case REMOVE -> {
          wheel.remove(entry);
          due.remove(entry.id);
        }
        case ADVANCE -> {
          long target = wheel.now() + Math.max(0, action.ticks());
          exact = action.ticks() < SLOTS;
          wheel.advanceTo(target);
          assertThat(wheel.now()).isEqualTo(target);
          assertThat(due.values()).as("overdue").allMatch(at -> at > target);
        }
      }
      assertThat(wheel.size()).isEqualTo(due.size());
      assertThat(wheel.entries())
          .extracting(d -> d.id)
          .containsExactlyInAnyOrderElementsOf(due.keySet());
    }

    private void expired(Deadline entry) {
      Long at = due.remove(entry.id);
      assertThat(at).as("expired though not scheduled").isNotNull();
      if (exact) {
        assertThat(wheel.now()).isEqualTo(at);
      } else {
        assertThat(wheel.now()).isGreaterThanOrEqualTo(at);
      }
    }
  }

  @Property
  void behavesLikeAMapOfDeadlines(@ForAll("actions") List<Action> actions) {
    Model model = new Model();
    actions.forEach(model::run);
  }

  @Provide
  Arbitrary<List<Action>> actions() {
    Arbitrary<Long> ticks =
        Arbitraries.oneOf(
            Arbitraries.longs().between(-2, 8), Arbitraries.longs().between(0, 3L * SLOTS));
    return Combinators.combine(
            Arbitraries.of(Kind.class), Arbitraries.integers().between(0, 7), ticks)
        .as(Action::new)
        .list()
        .ofMaxSize(60);
  }

  /** Time in milliseconds, of which the wheel is told at every tick. */
  @Property
  void isNeverEarlyAndLateByLessThanTwoTicks(
      @ForAll @LongRange(max = 200) long start, @ForAll @LongRange(max = 60_000) long delay) {
    DeadlineWheel<Deadline> timed = new DeadlineWheel<>(fired::add);
    timed.advanceTo(start / DeadlineWheel.TICK_MILLIS);
    timed.schedule(new Deadline(0), timed.after(delay));
    fired.clear();
    while (fired.isEmpty()) {
      timed.advanceTo(timed.now() + 1);
    }
    long late = timed.now() * DeadlineWheel.TICK_MILLIS - (start + delay);
    assertThat(late).isBetween(0L, 2 * DeadlineWheel.TICK_MILLIS - 1);
  }

  @Property
  void aJumpLargerThanTheWheelHandsOutEverythingDueAndNothingElse(
      @ForAll @Size(max = 20) List<@LongRange(min = 1, max = 5000) Long> dues) {
    DeadlineWheel<Deadline> other = new DeadlineWheel<>(fired::add);
    fired.clear();
    dues.forEach(due -> other.schedule(new Deadline(due.intValue()), due));
    other.advanceTo(2500);
    assertThat(fired)
        .extracting(d -> (long) d.id)
        .containsExactlyInAnyOrderElementsOf(dues.stream().filter(due -> due <= 2500).toList());
    assertThat(other.size()).isEqualTo(dues.size() - fired.size());
  }

  @Test
  void aCallbackMayRemoveOthersThatAreDueAtTheSameTick() {
    List<Deadline> due = schedule(3, 5);
    onExpiry =
        entry -> {
          fired.add(entry);
          due.forEach(wheel::remove);
        };
    wheel.advanceTo(5);
    assertThat(fired).hasSize(1);
    assertThat(wheel.size()).isZero();
    assertThat(wheel.entries()).isEmpty();
  }

  @Test
  void aCallbackMayMoveOthersThatAreDueAtTheSameTick() {
    List<Deadline> due = schedule(3, 5);
    onExpiry =
        entry -> {
          fired.add(entry);
          due.stream().filter(d -> !fired.contains(d)).forEach(d -> wheel.schedule(d, 9));
        };
    wheel.advanceTo(8);
    assertThat(fired).hasSize(1);
    onExpiry = fired::add;
    wheel.advanceTo(9);
    assertThat(fired).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void aCallbackSeesThoseThatAreDueAtTheSameTickAmongTheEntries() {
    schedule(3, 5);
    List<Integer> left = new ArrayList<>();
    onExpiry =
        entry -> {
          assertThat(wheel.entries()).hasSize(wheel.size());
          left.add(wheel.entries().size());
        };
    wheel.advanceTo(5);
    assertThat(left).containsExactly(2, 1, 0);
  }

  @Test
  void aCallbackThatSchedulesItselfAtOnceIsCalledAtTheNextTick() {
    onExpiry =
        entry -> {
          fired.add(entry);
          wheel.schedule(entry, wheel.now());
        };
    schedule(1, 1);
    wheel.advanceTo(10);
    assertThat(fired).hasSize(10);
  }

  @Test
  void aCallbackThatFailsDoesNotLoseTheOthers() {
    schedule(3, 5);
    onExpiry =
        entry -> {
          fired.add(entry);
          if (fired.size() == 1) {
            throw new IllegalStateException("the first fails");
          }
        };
    assertThatThrownBy(() -> wheel.advanceTo(5)).hasMessage("the first fails");
    wheel.advanceTo(6);
    assertThat(fired).hasSize(3).doesNotHaveDuplicates();
  }

  private List<Deadline> schedule(int count, long due) {
    List<Deadline> entries = Stream.iterate(0, i -> i + 1).limit(count).map(Deadline::new).toList();
    entries.forEach(entry -> wheel.schedule(entry, due));
    return entries;
  }
}
