package io.loble.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The link that would close a loop of pools is not made. */
class PoolLinksTest {

  private final AtomicLong now = new AtomicLong();
  private final PoolLinks links = new PoolLinks(now::get);

  @Test
  void aPoolThatLeadsToItselfIsALoop() {
    assertThat(links.closesLoop("a", "a")).isTrue();
  }

  @Test
  void aChainIsNoneUntilItComesBack() {
    assertThat(links.closesLoop("a", "b")).isFalse();
    assertThat(links.closesLoop("b", "c")).isFalse();
    assertThat(links.closesLoop("a", "c")).isFalse();
    assertThat(links.closesLoop("c", "a")).isTrue();
    assertThat(links.closesLoop("c", "b")).isTrue();
    assertThat(links.closesLoop("c", "d")).isFalse();
  }

  @Test
  void theSameLinkAgainIsTheSameLink() {
    assertThat(links.closesLoop("a", "b")).isFalse();
    assertThat(links.closesLoop("a", "b")).isFalse();
  }

  @Test
  void aLinkThatIsNotUsedAnyMoreIsForgotten() {
    assertThat(links.closesLoop("a", "b")).isFalse();
    pass(9);
    assertThat(links.closesLoop("b", "a")).isTrue();
    assertThat(links.closesLoop("a", "b")).isFalse();
    pass(9);
    assertThat(links.closesLoop("b", "a")).isTrue();
    pass(2);
    assertThat(links.closesLoop("b", "a")).isFalse();
  }

  private void pass(long seconds) {
    now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }
}
