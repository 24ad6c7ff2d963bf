package io.loble.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loble.model.Rejection;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Samples taken in virtual time, and what is seen of them. */
class TimelineTest {

  private static final float NONE = Float.NaN;

  private final TestTime time = new TestTime();
  private final TestSource source = new TestSource();
  private final Timeline timeline = new Timeline(time.clock(), source);

  @Test
  void eachSecondHasASlotThatBeginsWithIt() {
    run(10, 20, 30);

    HistoryPage page = page(HistoryRange.FIVE_MINUTES);
    assertThat(values(page, "accepted")).containsExactly(10, 20, 30);
    assertThat(page.startMillis()).isEqualTo(TestTime.BEGIN);
    assertThat(page.endMillis()).isEqualTo(TestTime.BEGIN + 3_000);
  }

  @Test
  void aSampleThatIsALittleLateCountsForTheSecondsThatItIsAbout() {
    run(10);
    pass(2_000, 40);
    run(30);

    assertThat(values(page(HistoryRange.FIVE_MINUTES), "accepted")).containsExactly(10, 20, 20, 30);
  }

  @Test
  void twoSamplesInOneSecondAreOne() {
    run(10);
    pass(100, 5);
    pass(900, 5);

    assertThat(values(page(HistoryRange.FIVE_MINUTES), "accepted")).containsExactly(10, 10);
  }

  @Test
  void whileTheProcessStoodStillThereIsAGap() {
    run(10);
    pass(4_000, 1_000);
    run(30);

    assertThat(values(page(HistoryRange.FIVE_MINUTES), "accepted"))
        .containsExactly(10, NONE, NONE, NONE, NONE, 30);
  }

  @Test
  void whileTheMachineWasSuspendedThereIsAGapAsLong() {
    run(10);
    time.jump(3_000_000);
    run(1_000, 30);

    HistoryPage page = page(HistoryRange.HOUR);
    float[] accepted = values(page, "accepted");
    assertThat(accepted).hasSize(301);
    assertThat(accepted[0]).isEqualTo(10);
    assertThat(accepted[300]).isEqualTo(30);
    for (int i = 1; i < 300; i++) {
      assertThat(accepted[i]).isNaN();
    }
    assertThat(page.startMillis()).isEqualTo(TestTime.BEGIN);
  }

  @Test
  void aTimeOfDayThatIsSetBackFoldsNothing() {
    run(10, 20);
    time.jump(-3_600_000);
    run(30, 40);

    HistoryPage page = page(HistoryRange.FIVE_MINUTES);
    assertThat(values(page, "accepted")).containsExactly(10, 20, 30, 40);
    assertThat(page.endMillis()).isCloseTo(time.now(), within(1_000L));
  }

  @Test
  void aLongerSlotHasTheMeanOfRatesAndOfLevelsTheOneThatMatters() {
    source.levels(5, 3, 4);
    run(10, 10, 10, 10, 10);
    source.levels(50, 1, 4);
    run(20, 20, 20, 20, 20);
    source.levels(7, 4, 4);
    run(40);

    HistoryPage page = page(HistoryRange.HOUR);
    assertThat(values(page, "accepted")).containsExactly(15, 40);
    assertThat(values(page, "active")).containsExactly(50, 7);
    assertThat(values(page, "usable")).containsExactly(1, 4);
    assertThat(values(page, "backends")).containsExactly(4, 4);
  }

  @Test
  void aGapWithinALongerSlotIsNotCounted() {
    run(10, 10, 10, 10);
    pass(4_000, 1_000_000);
    run(20, 20);

    assertThat(values(page(HistoryRange.HOUR), "accepted")[0]).isEqualTo(80f / 6, within(0.001f));
  }

  @Test
  void everyReasonIsKept() {
    source.rejected(Rejection.LIMIT, 7);
    run(10);

    HistoryPage page = page(HistoryRange.FIVE_MINUTES);
    assertThat(values(page, "rejected_limit")).containsExactly(7);
    assertThat(values(page, "rejected_no_backend")).containsExactly(0);
    assertThat(page.lines())
        .filteredOn(line -> line.name().startsWith("rejected_"))
        .hasSameSizeAs(Rejection.values());
  }

  @Test
  void requestsAreSeenOnlyWhereThereMayBeAny() {
    run(10);
    assertThat(page(HistoryRange.FIVE_MINUTES).lines()).noneMatch(l -> l.name().startsWith("requ"));
    source.requests(8, 2);
    run(10);
    source.requests(0, 0);
    run(10);

    HistoryPage page = page(HistoryRange.FIVE_MINUTES);
    assertThat(values(page, "requests")).containsExactly(NONE, 8, 0);
    assertThat(values(page, "requests_5xx")).containsExactly(NONE, 2, 0);
    assertThat(page.lines()).noneMatch(line -> line.name().equals("request_p50"));
  }

  @Test
  void nothingOlderIsSeenThanIsAskedFor() {
    run(10, 20, 30);
    long since = TestTime.BEGIN + 1_001;

    HistoryPage page =
        timeline
            .page(new HistoryQuery(HistoryRange.FIVE_MINUTES, new Scope.Whole(), since))
            .orElseThrow();

    assertThat(values(page, "accepted")).containsExactly(30);
    assertThat(page.startMillis()).isEqualTo(TestTime.BEGIN + 2_000);
  }

  @Test
  void aRangeIsNeverLongerThanItSays() {
    for (int i = 0; i < 700; i++) {
      run(i);
    }
    float[] accepted = values(page(HistoryRange.FIVE_MINUTES), "accepted");
    assertThat(accepted).hasSize(300);
    assertThat(accepted[299]).isEqualTo(699);
    assertThat(accepted[0]).isEqualTo(400);
    assertThat(values(page(HistoryRange.HOUR), "accepted")).hasSize(70);
    assertThat(values(page(HistoryRange.DAY), "accepted")).hasSize(12);
  }

  @Test
  void aDayIsThere() {
    for (int i = 0; i < 2 * 86_400; i++) {
      run(i < 86_400 ? 1 : 2);
    }
    float[] accepted = values(page(HistoryRange.DAY), "accepted");
    assertThat(accepted).hasSize(1_440).containsOnly(2);
  }

  @Test
  void whatGoesMakesRoomForWhatComes() {
    int rounds = 500;
    for (int i = 0; i < rounds; i++) {
      source.only("pool-" + i);
      run(i);
    }
    assertThat(timeline.known(new Scope.OfPool("")))
        .hasSize(Timeline.MOST_POOLS)
        .contains("pool-" + (rounds - 1))
        .doesNotContain("pool-1");
  }

  @Test
  void ofTooManyTheFirstAreKept() {
    String[] many = new String[Timeline.MOST_POOLS + 10];
    for (int i = 0; i < many.length; i++) {
      many[i] = "pool-" + i;
    }
    source.only(many);
    run(1, 1, 1);

    assertThat(timeline.known(new Scope.OfPool("")))
        .hasSize(Timeline.MOST_POOLS)
        .contains("pool-0")
        .doesNotContain("pool-" + (many.length - 1));
  }

  @Test
  void whatIsGoneIsSeenForADay() {
    source.only("old");
    run(5, 5);
    source.only("new");
    run(5, 5);

    HistoryPage page =
        timeline
            .page(new HistoryQuery(HistoryRange.FIVE_MINUTES, new Scope.OfPool("old"), 0))
            .orElseThrow();
    assertThat(values(page, "connections")).containsExactly(5, 5, NONE, NONE);

    for (int i = 0; i < 86_500; i++) {
      run(1);
    }
    assertThat(timeline.known(new Scope.OfPool(""))).containsExactly("new");
  }

  @Test
  void memoryIsBoundedAsTheDocumentationSays() {
    long bytes = 4L * Timeline.MOST_SERIES * Timeline.SLOTS_PER_SERIES;
    assertThat(bytes).isLessThan(22_100_000);
    assertThat(Timeline.SLOTS_PER_SERIES).isEqualTo(2_100);
    assertThat(Timeline.MOST_SERIES).isEqualTo(2_621);
  }

  @Test
  void eventsHaveTheirPlaceInTime() {
    run(1);
    timeline.happened(new JsonObject().put("type", "pool.add").put("what", "pool web"));
    time.jump(-60_000);
    run(1, 1);

    List<JsonObject> events = page(HistoryRange.FIVE_MINUTES).events();
    assertThat(events).hasSize(1);
    assertThat(events.get(0).getLong("at")).isEqualTo(TestTime.BEGIN + TestTime.MARGIN - 59_000);
    assertThat(events.get(0).getString("what")).isEqualTo("pool web");

    for (int i = 0; i < 300; i++) {
      run(1);
    }
    assertThat(page(HistoryRange.FIVE_MINUTES).events()).isEmpty();
    assertThat(page(HistoryRange.HOUR).events()).hasSize(1);
  }

  private void run(long... accepted) {
    for (long each : accepted) {
      pass(1_000, each);
    }
  }

  private void pass(long millis, long accepted) {
    time.pass(millis);
    source.accept(accepted);
    timeline.sample();
  }

  private HistoryPage page(HistoryRange range) {
    return timeline.page(new HistoryQuery(range, new Scope.Whole(), 0)).orElseThrow();
  }

  private static float[] values(HistoryPage page, String name) {
    HistoryPage.Line line =
        page.lines().stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow();
    float[] values = new float[line.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = line.value(i);
    }
    return values;
  }
}
