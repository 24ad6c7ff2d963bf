package io.loble.sim.client;

import io.netty.handler.codec.PrematureChannelClosureException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A client of rounds: each begins when the one before was answered, and after some thinking. */
abstract class RoundSession implements Session {

  /** From this status on, and with this one, a server says that it cannot serve now. */
  private static final int SERVER_ERROR = 500;

  private static final int TOO_MANY = 429;

  private final Site site;
  private final Choices.Choice choice;
  private final Plan plan;
  private final KindStats stats;
  private final BiConsumer<Session, Outcome> onEnd;
  private final int[] thinkingMillis;

  private int round;
  private boolean busy = true;
  private boolean stopping;
  private boolean ended;
  private long sinceNanos;
  private long nextStep = -1;
  private long deadline = -1;

  /**
   * @param thinkingMillis how long it thinks between two rounds, of which there is one more
   */
  RoundSession(
      Site site,
      Choices.Choice choice,
      Plan plan,
      BiConsumer<Session, Outcome> onEnd,
      int[] thinkingMillis) {
    this.site = site;
    this.choice = choice;
    this.plan = plan;
    this.stats = site.stats().of(choice.kind());
    this.onEnd = onEnd;
    this.thinkingMillis = thinkingMillis;
  }

  /** Connects, and tells. */
  abstract void connect();

  /** Asks for what the round of that number, from 0, is about, and tells. */
  abstract void ask(int number);

  /** All rounds are done. */
  abstract void done();

  /** Closes what is open; called once, at the end. */
  abstract void leave();

  @Override
  public final void start() {
    stats.started();
    sinceNanos = plan.since(System.nanoTime());
    watch();
    connect();
  }

  @Override
  public final void stop() {
    stopping = true;
    if (!busy) {
      end(Outcome.STOPPED);
    }
  }

  @Override
  public final void cut() {
    end(Outcome.STOPPED);
  }

  /** There is a connection. */
  final void connected() {
    stats.connected(System.nanoTime() - sinceNanos);
    if (ended) {
      leave();
    } else if (stopping) {
      end(Outcome.STOPPED);
    } else {
      next();
    }
  }

  /** Goes on with the same round on another connection. */
  final void reconnect() {
    sinceNanos = plan.since(System.nanoTime());
    connect();
  }

  final void sent(int bytes) {
    stats.sent(bytes);
  }

  final void received(int bytes) {
    stats.received(bytes);
  }

  /** The round was answered, and rightly. */
  final void answered() {
    if (ended) {
      return;
    }
    stats.answered(System.nanoTime() - sinceNanos);
    site.vertx().cancelTimer(deadline);
    busy = false;
    round++;
    if (stopping) {
      end(Outcome.STOPPED);
    } else if (round > thinkingMillis.length) {
      busy = true;
      watch();
      done();
    } else {
      plan.dueAfterNow(thinkingMillis[round - 1], System.nanoTime());
      nextStep = site.vertx().setTimer(plan.millisLeft(System.nanoTime()), id -> next());
    }
  }

  private void next() {
    busy = true;
    site.vertx().cancelTimer(deadline);
    watch();
    sinceNanos = plan.since(System.nanoTime());
    ask(round);
  }

  /** Whether an answer, or the connection, is waited for. */
  final boolean isBusy() {
    return busy;
  }

  final boolean isOver() {
    return ended;
  }

  /** Whether an answer of that status is none: then the client has ended. */
  final boolean isRefused(int status, int wanted) {
    if (status == TOO_MANY || status >= SERVER_ERROR) {
      end(Outcome.REFUSED);
    } else if (status != wanted) {
      wrong(Mismatch.between("status " + wanted, "status " + status));
    }
    return status != wanted;
  }

  /** Ends it when there is something wrong. */
  final void judge(Optional<Mismatch> mismatch) {
    mismatch.ifPresent(this::wrong);
  }

  final void wrong(Mismatch mismatch) {
    if (!ended) {
      site.stats().wrong(WrongAnswer.of(choice, mismatch));
      end(Outcome.WRONG_ANSWER);
    }
  }

  /** Something went wrong with the connection. */
  final void failed(Throwable cause) {
    if (cause instanceof HttpClosedException
        || cause instanceof ClosedChannelException
        || cause instanceof PrematureChannelClosureException) {
      end(Outcome.CLOSED);
    } else if (cause instanceof IOException) {
      end(Outcome.RESET);
    } else {
      // The codec could not make out what came.
      wrong(Mismatch.between("an answer in good form", String.valueOf(cause.getMessage())));
    }
  }

  private void watch() {
    deadline = site.vertx().setTimer(site.timeout().toMillis(), id -> end(Outcome.TIMEOUT));
  }

  final void end(Outcome outcome) {
    if (ended) {
      return;
    }
    ended = true;
    site.vertx().cancelTimer(nextStep);
    site.vertx().cancelTimer(deadline);
    leave();
    // A client that was being stopped did not fail, unless what it got was wrong.
    boolean excused = stopping && outcome != Outcome.WRONG_ANSWER;
    Outcome counted = excused && outcome.failed() ? Outcome.STOPPED : outcome;
    stats.ended(counted);
    onEnd.accept(this, counted);
  }
}
