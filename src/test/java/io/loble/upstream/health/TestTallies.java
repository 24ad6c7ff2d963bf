package io.loble.upstream.health;

import io.loble.upstream.TestConfig;

/** What an event loop counts. */
public final class TestTallies {

  private TestTallies() {}

  public static Tally of(long successes, long failures) {
    return new Tally(TestConfig.POOL, "", "", successes, failures, 0, 0);
  }
}
