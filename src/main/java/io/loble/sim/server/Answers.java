package io.loble.sim.server;

import io.loble.sim.Command;
import io.loble.sim.Verb;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;

/**
 * What one connection is answered, and how late, by the settings in force when a request is taken
 * up. Lives on its connection's event loop.
 */
final class Answers {

  private final ServerState state;
  private final Chances chances;
  private final Corruption corruption;
  private final long acceptedNanos = System.nanoTime();
  private boolean firstGiven;

  Answers(ServerState state, Chances chances) {
    this.state = state;
    this.chances = chances;
    this.corruption = new Corruption(chances.corruption());
  }

  /**
   * How long the next answer has to wait; 0 or less for not at all.
   *
   * @param delayed whether the delay of the settings applies to it
   */
  long waitNanos(boolean delayed) {
    ServerBehaviour now = state.settings().behaviour();
    long delay = delayed ? delayNanos(now) : 0;
    if (firstGiven) {
      return delay;
    }
    firstGiven = true;
    long age = System.nanoTime() - acceptedNanos;
    return Math.max(delay, TimeUnit.MILLISECONDS.toNanos(now.hangMillis()) - age);
  }

  private long delayNanos(ServerBehaviour now) {
    double late = now.latency().nextMillis(chances.latency());
    return TimeUnit.MILLISECONDS.toNanos(now.delayMillis()) + (long) (late * 1_000_000);
  }

  /** What is sent for the line itself. */
  Buffer to(Command.Line line) {
    Buffer answer = line.answer();
    boolean echo = line.verb() == Verb.ECHO;
    // A line's last byte is its end, which stays.
    long length = echo ? Long.parseLong(line.argument()) : answer.length() - 1L;
    begin(length);
    return echo ? answer : corrupted(answer);
  }

  Buffer to(Command.EchoBytes echo) {
    return corrupted(echo.bytes());
  }

  /**
   * An answer begins, whose bytes {@link #corrupted} then gets.
   *
   * @param length how many of its bytes may be changed
   */
  void begin(long length) {
    corruption.begin(length, state.settings().behaviour().faults().corruptPercent());
  }

  /** The next bytes of an answer, one of them changed if the settings want it so. */
  Buffer corrupted(Buffer bytes) {
    boolean due = !corruption.isDone();
    Buffer answer = corruption.applied(bytes);
    if (due && corruption.isDone()) {
      state.stats().corrupted();
    }
    return answer;
  }
}
