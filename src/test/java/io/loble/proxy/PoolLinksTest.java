package io.loble.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The link that would close a circle of pools is not made. */
class PoolLinksTest {

  private final AtomicLong now = new AtomicLong();
  private final PoolLinks links = new PoolLinks(now::get);

  @Test
  void aPoolThatLeadsToItselfIsACircle() {
    assertThat(links.closeCircle("a", "a")).isTrue();
  }

  @Test
  void aChainIsNoneUntilItComesBack() {
    assertThat(links.closeCircle("a", "b")).isFalse();
    assertThat(links.closeCircle("b", "c")).isFalse();
    assertThat(links.closeCircle("a", "c")).isFalse();
    assertThat(links.closeCircle("c", "a")).isTrue();
    assertThat(links.closeCircle("c", "b")).isTrue();
    assertThat(links.closeCircle("c", "d")).isFalse();
  }

  @Test
  void theSameLinkAgainIsTheSameLink() {
    assertThat(links.closeCircle("a", "b")).isFalse();
    assertThat(links.closeCircle("a", "b")).isFalse();
  }

  @Test
  void aLinkThatIsNotUsedAnyMoreIsForgotten() {
    assertThat(links.closeCircle("a", "b")).isFalse();
    pass(9);
    assertThat(links.closeCircle("b", "a")).isTrue();
    assertThat(links.closeCircle("a", "b")).isFalse();
    pass(9);
    assertThat(links.closeCircle("b", "a")).isTrue();
    pass(2);
    assertThat(links.closeCircle("b", "a")).isFalse();
  }

  private void pass(long seconds) {
    now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }
}
