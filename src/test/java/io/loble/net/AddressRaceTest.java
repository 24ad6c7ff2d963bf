package io.loble.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which of several addresses is connected to, and what becomes of the others. */
class AddressRaceTest {

  private final Map<String, Attempt> attempts = new LinkedHashMap<>();
  private final List<String> disposed = new ArrayList<>();
  private final List<String> won = new ArrayList<>();
  private final List<Throwable> lost = new ArrayList<>();
  private final List<Long> waits = new ArrayList<>();
  private Duration timeout = Duration.ofSeconds(5);
  private @Nullable Runnable timer;

  private record Attempt(Consumer<String> connected, Consumer<Throwable> failed) {}

  @Test
  void theFirstAddressIsEnoughWhenItAnswers() {
    race("a", "b").start();
    connect("a");
    assertThat(won).containsExactly("a");
    assertThat(attempts).containsOnlyKeys("a");
    assertThat(timer).isNull();
  }

  @Test
  void afterAFailureTheNextIsTriedAtOnce() {
    race("a", "b", "c").start();
    fail("a", new ErrnoException(111));
    fail("b", new ErrnoException(111));
    connect("c");
    assertThat(won).containsExactly("c");
    assertThat(lost).isEmpty();
  }

  @Test
  void afterASilenceTheNextIsTriedBeside() {
    race("a", "b").start();
    elapse();
    assertThat(waits).containsExactly(250L);
    assertThat(attempts).containsOnlyKeys("a", "b");
    connect("a");
    connect("b");
    assertThat(won).containsExactly("a");
    assertThat(disposed).containsExactly("b");
  }

  @Test
  void whereThereIsLittleTimeTheNextIsTriedSooner() {
    timeout = Duration.ofMillis(200);
    race("a", "b", "c", "d").start();
    elapse();
    elapse();
    elapse();
    assertThat(waits).containsExactly(50L, 50L, 50L);
    assertThat(attempts).containsOnlyKeys("a", "b", "c", "d");
  }

  @Test
  void whenAllHaveFailedTheFailureIsTheFirstThatIsTheOtherEnds() {
    race("a", "b", "c").start();
    fail("a", new ErrnoException(24));
    fail("b", new ErrnoException(113));
    fail("c", new ErrnoException(111));
    assertThat(lost).hasSize(1);
    assertThat(ConnectError.of(lost.get(0)).text()).isEqualTo("no route to host");
    assertThat(won).isEmpty();
  }

  @Test
  void theLastToFailEndsARaceOfTwo() {
    race("a", "b").start();
    elapse();
    fail("b", new ErrnoException(111));
    assertThat(lost).isEmpty();
    fail("a", new ErrnoException(110));
    assertThat(lost).hasSize(1);
  }

  @Test
  void whatIsGivenUpIsToldNothing() {
    AddressRace<String> race = race("a", "b");
    race.start();
    race.cancel();
    connect("a");
    assertThat(won).isEmpty();
    assertThat(lost).isEmpty();
    assertThat(disposed).containsExactly("a");
    assertThat(timer).isNull();
  }

  private void connect(String name) {
    attempt(name).connected().accept(name);
  }

  private void fail(String name, Throwable cause) {
    attempt(name).failed().accept(cause);
  }

  private Attempt attempt(String name) {
    Attempt attempt = attempts.get(name);
    if (attempt == null) {
      throw new AssertionError(name + " was not tried");
    }
    return attempt;
  }

  private void elapse() {
    Runnable due = timer;
    timer = null;
    if (due == null) {
      throw new AssertionError("nothing waits");
    }
    due.run();
  }

  private AddressRace<String> race(String... names) {
    List<InetSocketAddress> addresses =
        Stream.of(names).map(name -> InetSocketAddress.createUnresolved(name, 80)).toList();
    return new AddressRace<>(addresses, timeout, new Dialer(), this::after, won::add, lost::add);
  }

  private AddressRace.Cancel after(long millis, Runnable action) {
    waits.add(millis);
    timer = action;
    return () -> timer = null;
  }

  private final class Dialer implements AddressRace.Dialer<String> {

    @Override
    public AddressRace.Cancel dial(
        InetSocketAddress address, Consumer<String> connected, Consumer<Throwable> failed) {
      attempts.put(address.getHostString(), new Attempt(connected, failed));
      return () -> {};
    }

    @Override
    public void dispose(String connection) {
      disposed.add(connection);
    }
  }
}
