package io.loble.sim.client;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A client of the line protocol, or of any in which each answer's bytes are known beforehand. */
final class ClientSession implements Session, ClientActions, ClientConnection.Owner {

  private final Site site;
  private final Vertx vertx;
  private final Choices.Choice choice;
  private final ClientBehaviour behaviour;
  private final Plan plan;
  private final KindStats stats;
  private final BiConsumer<Session, Outcome> onEnd;
  private final ExpectedAnswers expected = new ExpectedAnswers();

  private @Nullable ClientConnection connection;
  private boolean stopping;
  private boolean ended;
  private long nextStep = -1;
  private long deadline = -1;

  ClientSession(
      Site site,
      Choices.Choice choice,
      ClientBehaviour behaviour,
      Plan plan,
      BiConsumer<Session, Outcome> onEnd) {
    this.site = site;
    this.vertx = site.vertx();
    this.choice = choice;
    this.behaviour = behaviour;
    this.plan = plan;
    this.stats = site.stats().of(choice.kind());
    this.onEnd = onEnd;
  }

  @Override
  public void start() {
    stats.started();
    connect();
  }

  @Override
  public void stop() {
    stopping = true;
    if (connection != null && expected.isEmpty()) {
      end(Outcome.STOPPED);
    }
  }

  @Override
  public void cut() {
    end(Outcome.STOPPED);
  }

  @Override
  public void ask(String bytes, String answer) {
    ask(bytes, new Answer.Text(answer));
  }

  @Override
  public void ask(String bytes, Answer answer) {
    long now = System.nanoTime();
    expected.add(answer, now, plan.since(now));
    if (deadline == -1) {
      watch(site.timeout().toNanos());
    }
    send(bytes);
  }

  @Override
  public void send(String bytes) {
    send(Buffer.buffer(bytes));
  }

  @Override
  public void send(Buffer bytes) {
    if (connection != null) {
      stats.sent(bytes.length());
      connection.write(bytes);
    }
  }

  @Override
  public boolean isWritable() {
    return connection != null && connection.isWritable();
  }

  @Override
  public void endOutput() {
    if (connection != null) {
      connection.endOutput();
    }
  }

  @Override
  public void awaitEnd() {
    nextStep = vertx.setTimer(site.timeout().toMillis(), id -> end(Outcome.TIMEOUT));
  }

  @Override
  public void thenNow() {
    plan.dueAfterNow(0, System.nanoTime());
  }

  @Override
  public void thenAfter(int millis, Runnable step) {
    plan.dueAfterNow(millis, System.nanoTime());
    schedule(step);
  }

  @Override
  public void onGridAfter(int millis, Runnable step) {
    plan.dueAfterLast(millis, System.nanoTime());
    schedule(step);
  }

  @Override
  public void reconnect() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
    connect();
  }

  @Override
  public void finish() {
    end(Outcome.FINISHED);
  }

  @Override
  public void finishWithReset() {
    if (connection != null) {
      connection.reset();
      connection = null;
    }
    finish();
  }

  @Override
  public void received(byte[] bytes) {
    stats.received(bytes.length);
    int[] answers = new int[1];
    var mismatch =
        expected.accept(
            bytes,
            System.nanoTime(),
            nanos -> {
              stats.answered(nanos);
              answers[0]++;
            });
    mismatch.ifPresent(this::wrong);
    for (int i = 0; i < answers[0] && !ended; i++) {
      answered();
    }
  }

  @Override
  public void writable() {
    behaviour.writable(this);
  }

  @Override
  public void inputEnded() {
    end(expected.isEmpty() ? behaviour.closedByPeer() : Outcome.CLOSED);
  }

  @Override
  public void broken() {
    end(Outcome.RESET);
  }

  private void connect() {
    long since = plan.since(System.nanoTime());
    site.client()
        .connect(site.target().port(), site.target().host())
        .onSuccess(socket -> connected(socket, since))
        .onFailure(cause -> end(Outcome.CONNECT));
  }

  private void connected(NetSocket socket, long sinceNanos) {
    stats.connected(System.nanoTime() - sinceNanos);
    if (ended) {
      socket.close();
      return;
    }
    connection = ClientConnection.of((NetSocketInternal) socket, this);
    if (stopping) {
      end(Outcome.STOPPED);
    } else {
      behaviour.connected(this);
    }
  }

  private void answered() {
    if (!stopping) {
      behaviour.answered(this);
    } else if (expected.isEmpty()) {
      end(Outcome.STOPPED);
    }
  }

  private void wrong(Mismatch mismatch) {
    site.stats().wrong(WrongAnswer.of(choice, mismatch));
    end(Outcome.WRONG_ANSWER);
  }

  private void leave(Outcome outcome) {
    if (connection == null) {
      return;
    }
    if (outcome == Outcome.FINISHED) {
      connection.close();
    } else {
      // A peer that does not read would keep it open for as long as something is still to be sent.
      connection.abandon();
    }
  }

  private void schedule(Runnable step) {
    if (!ended) {
      nextStep = vertx.setTimer(plan.millisLeft(System.nanoTime()), id -> step.run());
    }
  }

  private void watch(long nanos) {
    deadline = vertx.setTimer(1 + nanos / 1_000_000, id -> look());
  }

  private void look() {
    long left = site.timeout().toNanos() - expected.oldestNanos(System.nanoTime());
    if (left <= 0) {
      end(Outcome.TIMEOUT);
    } else {
      deadline = -1;
      if (!expected.isEmpty()) {
        watch(left);
      }
    }
  }

  private void end(Outcome outcome) {
    if (ended) {
      return;
    }
    ended = true;
    vertx.cancelTimer(nextStep);
    vertx.cancelTimer(deadline);
    leave(outcome);
    // A client that was being stopped did not fail, unless what it got was wrong.
    boolean excused = stopping && outcome != Outcome.WRONG_ANSWER;
    Outcome counted = excused && outcome.failed() ? Outcome.STOPPED : outcome;
    stats.ended(counted);
    onEnd.accept(this, counted);
  }
}
