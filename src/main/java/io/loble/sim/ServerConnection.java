package io.loble.sim;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of a simulated server, from accept to end.
 *
 * <p>Commands are answered strictly one after the other. While one waits, for its delay or for the
 * client to read, nothing more is read, so what a connection holds is bounded by a few reads. After
 * the client has ended its output it still gets every answer. Lives on its socket's event loop.
 */
final class ServerConnection {

  private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);
  private static final Buffer TOO_LONG = Buffer.buffer("ERR line too long\n");
  private static final long LINGER_MILLIS = 1000;

  private final Vertx vertx;
  private final NetSocketInternal socket;
  private final ServerState state;
  private final Runnable onEnd;
  private final LineProtocol protocol = new LineProtocol();
  private final long acceptedNanos = System.nanoTime();
  private final IdleWatch idle;

  private boolean firstAnswerGiven;
  private boolean thinking;
  private boolean clogged;
  private boolean refused;
  private boolean inputEnded;
  private boolean ended;
  private long timer = -1;

  private ServerConnection(
      Vertx vertx, NetSocketInternal socket, ServerState state, Runnable onEnd) {
    this.vertx = vertx;
    this.socket = socket;
    this.state = state;
    this.onEnd = onEnd;
    this.idle =
        new IdleWatch(
            vertx,
            Duration.ofSeconds(state.settings().timeoutSeconds()),
            () -> thinking,
            this::closeIdle);
  }

  /** Must be called as soon as the socket was accepted, on its event loop. */
  static void serve(Vertx vertx, NetSocketInternal socket, ServerState state, Runnable onEnd) {
    HalfClose.allow(socket);
    ServerConnection connection = new ServerConnection(vertx, socket, state, onEnd);
    socket.messageHandler(connection::received);
    socket.drainHandler(ignored -> connection.drained());
    socket.exceptionHandler(connection::broken);
    socket.closeHandler(ignored -> connection.closed());
  }

  private void received(Object message) {
    if (message == HalfClose.END_OF_INPUT) {
      inputEnded = true;
      proceed();
    } else if (message instanceof ByteBuf bytes) {
      received(BufferInternal.safeBuffer(bytes));
    }
  }

  private void received(Buffer chunk) {
    if (ended || refused) {
      return;
    }
    state.stats().received(chunk.length());
    idle.touch();
    protocol.offer(chunk);
    proceed();
  }

  private void proceed() {
    while (!thinking && !clogged) {
      Command command = protocol.poll();
      if (command == null) {
        nothingLeft();
        return;
      }
      execute(command);
    }
    socket.pause();
  }

  private void nothingLeft() {
    if (inputEnded) {
      socket.close();
    } else {
      socket.resume();
    }
  }

  private void execute(Command command) {
    if (command instanceof Command.Line line) {
      state.stats().requested(line.verb());
      answerAfter(waitMillis(line.verb()), line.answer());
    } else if (command instanceof Command.EchoBytes echo) {
      answer(echo.bytes());
    } else {
      refuse();
    }
  }

  private long waitMillis(Verb verb) {
    ServerSettings settings = state.settings();
    long delay = verb.delayed() ? settings.delayMillis() : 0;
    if (firstAnswerGiven) {
      return delay;
    }
    firstAnswerGiven = true;
    long ageMillis = (System.nanoTime() - acceptedNanos) / 1_000_000;
    return Math.max(delay, settings.hangMillis() - ageMillis);
  }

  private void answerAfter(long millis, Buffer answer) {
    if (millis <= 0) {
      answer(answer);
      return;
    }
    thinking = true;
    timer =
        vertx.setTimer(
            millis,
            id -> {
              thinking = false;
              answer(answer);
              proceed();
            });
  }

  private void answer(Buffer answer) {
    if (answer.length() > 0) {
      socket.write(answer);
      state.stats().sent(answer.length());
      idle.touch();
      clogged = socket.writeQueueFull();
    }
  }

  private void drained() {
    if (clogged) {
      clogged = false;
      idle.touch();
      proceed();
    }
  }

  /**
   * A close with unread input is a reset, which can overtake the answer. So the output ends first,
   * and what still comes in is thrown away for a moment.
   */
  private void refuse() {
    refused = true;
    state.stats().sent(TOO_LONG.length());
    socket.write(TOO_LONG).onComplete(ignored -> HalfClose.shutdownOutput(socket));
    timer = vertx.setTimer(LINGER_MILLIS, id -> socket.close());
  }

  private void closeIdle() {
    LOG.debug("[{}] idle — closing {}", state.settings().id(), socket.remoteAddress());
    socket.close();
  }

  private void broken(Throwable cause) {
    LOG.debug("[{}] {}: {}", state.settings().id(), socket.remoteAddress(), cause.toString());
  }

  private void closed() {
    ended = true;
    vertx.cancelTimer(timer);
    idle.cancel();
    // What was read while the socket was paused is handed out now, and thereby released.
    socket.resume();
    onEnd.run();
  }
}
