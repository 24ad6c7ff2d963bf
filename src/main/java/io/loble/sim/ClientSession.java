package io.loble.sim;

import io.loble.model.HostPort;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One simulated client, from connect to end. It ends exactly once, whatever happens, and is counted
 * once. Lives on the event loop that starts it.
 */
final class ClientSession {

  private final Vertx vertx;
  private final ClientBehaviour behaviour;
  private final KindStats stats;
  private final long timeoutNanos;
  private final Consumer<ClientSession> onEnd;
  private final ExpectedAnswers expected = new ExpectedAnswers();

  private @Nullable NetSocket socket;
  private boolean stopping;
  private boolean ended;
  private long nextStep = -1;
  private long deadline = -1;

  ClientSession(
      Vertx vertx,
      ClientBehaviour behaviour,
      KindStats stats,
      Duration timeout,
      Consumer<ClientSession> onEnd) {
    this.vertx = vertx;
    this.behaviour = behaviour;
    this.stats = stats;
    this.timeoutNanos = timeout.toNanos();
    this.onEnd = onEnd;
  }

  void start(NetClient client, HostPort target) {
    stats.started();
    client
        .connect(target.port(), target.host())
        .onSuccess(this::connected)
        .onFailure(cause -> end(Outcome.CONNECT));
  }

  /** Ends at once, or, when an answer is due, as soon as it has arrived. */
  void stop() {
    stopping = true;
    if (expected.isEmpty()) {
      end(Outcome.STOPPED);
    }
  }

  /** Ends at once. */
  void cut() {
    end(Outcome.STOPPED);
  }

  /** Sends bytes that complete a request, and waits for its answer. */
  void ask(String bytes, String answer) {
    expected.add(answer, System.nanoTime());
    if (deadline == -1) {
      watch(timeoutNanos);
    }
    send(bytes);
  }

  /** Sends bytes that by themselves ask for no answer. */
  void send(String bytes) {
    if (socket != null) {
      socket.write(bytes);
    }
  }

  /** Does something later, unless the client ends before. One thing at a time. */
  void after(int millis, Runnable step) {
    if (!ended) {
      nextStep = vertx.setTimer(millis, id -> step.run());
    }
  }

  /** Ends a client that has done everything. */
  void finish() {
    end(Outcome.FINISHED);
  }

  private void connected(NetSocket connected) {
    if (ended) {
      connected.close();
      return;
    }
    socket = connected;
    connected.handler(this::received);
    connected.exceptionHandler(cause -> end(Outcome.RESET));
    connected.closeHandler(ignored -> closed());
    behaviour.connected(this);
  }

  private void received(Buffer arrived) {
    int[] answers = new int[1];
    boolean right =
        expected.accept(
            arrived,
            System.nanoTime(),
            nanos -> {
              stats.answered(nanos);
              answers[0]++;
            });
    for (int i = 0; i < answers[0] && !ended; i++) {
      answered();
    }
    if (!right) {
      end(Outcome.WRONG_ANSWER);
    }
  }

  private void answered() {
    if (!stopping) {
      behaviour.answered(this);
    } else if (expected.isEmpty()) {
      end(Outcome.STOPPED);
    }
  }

  private void closed() {
    end(expected.isEmpty() ? behaviour.closedByPeer() : Outcome.CLOSED);
  }

  private void watch(long nanos) {
    deadline = vertx.setTimer(1 + nanos / 1_000_000, id -> look());
  }

  private void look() {
    long left = timeoutNanos - expected.oldestNanos(System.nanoTime());
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
    if (socket != null) {
      socket.close();
    }
    // A client that was being stopped did not fail, unless what it got was wrong.
    boolean excused = stopping && outcome != Outcome.WRONG_ANSWER;
    stats.ended(excused && outcome.failed() ? Outcome.STOPPED : outcome);
    onEnd.accept(this);
  }
}
