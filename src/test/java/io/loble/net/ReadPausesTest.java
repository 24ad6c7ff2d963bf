package io.loble.net;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadPausesTest {

  private static final int MANY = 10_000;

  private final EventExecutor loop = new DefaultEventExecutor();
  private final ReadPauses pauses = new ReadPauses(loop);

  @AfterEach
  void end() {
    loop.shutdownGracefully(0, 0, SECONDS);
  }

  @Test
  void manyPausesEndNoneOfThemEarly() throws InterruptedException {
    CountDownLatch over = new CountDownLatch(MANY);
    List<Noted> noted = new ArrayList<>();
    loop.execute(
        () -> {
          for (int i = 0; i < MANY; i++) {
            Noted pause = new Noted(Duration.ofMillis(20 + i % 100), over);
            noted.add(pause);
            pauses.begin(pause, pause.nanos);
          }
        });
    assertThat(over.await(20, SECONDS)).isTrue();
    assertThat(noted).allMatch(pause -> pause.lasted >= pause.nanos);
  }

  @Test
  void oneThatIsForgottenDoesNotEndAndOthersDo() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    loop.execute(
        () -> {
          Noted forgotten = new Noted(Duration.ofMillis(20), never);
          pauses.begin(forgotten, forgotten.nanos);
          pauses.begin(new Noted(Duration.ofMillis(60), over), Duration.ofMillis(60).toNanos());
          pauses.forget(forgotten);
        });
    assertThat(over.await(20, SECONDS)).isTrue();
    assertThat(never.getCount()).isEqualTo(1);
  }

  @Test
  void oneThatBeginsAfterAQuietTimeIsNotEarly() throws InterruptedException {
    for (int round = 0; round < 3; round++) {
      CountDownLatch over = new CountDownLatch(1);
      Noted pause = new Noted(Duration.ofMillis(30), over);
      loop.execute(() -> pauses.begin(pause, pause.nanos));
      assertThat(over.await(20, SECONDS)).isTrue();
      assertThat(pause.lasted).isGreaterThanOrEqualTo(pause.nanos);
    }
  }

  private static final class Noted extends ReadPauses.Pause {

    private final long begun = System.nanoTime();
    private final long nanos;
    private final CountDownLatch over;
    private long lasted;

    Noted(Duration length, CountDownLatch over) {
      this.nanos = length.toNanos();
      this.over = over;
    }

    @Override
    void isOver() {
      lasted = System.nanoTime() - begun;
      over.countDown();
    }
  }
}
