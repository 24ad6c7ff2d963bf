package io.loble.upstream.probe;

import io.loble.config.ActiveCheck.ExpectCheck;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;

/** A text that is sent, and an answer that is to contain another. */
record ExpectConversation(ExpectCheck check) implements Conversation<NetSocket> {

  /** A backend that says more than this without saying the right thing is not healthy. */
  private static final int MAX_ANSWER = 64 * 1024;

  @Override
  public Future<Void> hold(NetSocket socket) {
    Promise<Void> answered = Promise.promise();
    Answer answer = new Answer(check.expect());
    socket.handler(
        data -> {
          if (answer.add(data)) {
            answered.tryComplete();
          } else if (answer.length() > MAX_ANSWER) {
            answered.tryFail("the answer does not contain " + wanted());
          }
        });
    // Without this Vert.x logs a reset as an error of its own, and says not whose.
    socket.exceptionHandler(answered::tryFail);
    socket.closeHandler(
        closed -> answered.tryFail("closed before the answer contained " + wanted()));
    if (!check.send().isEmpty()) {
      socket.write(check.send()).onFailure(answered::tryFail);
    }
    return answered.future();
  }

  /** As a log line can have it: what is expected may be bytes of a binary protocol. */
  private String wanted() {
    StringBuilder text = new StringBuilder("'");
    check
        .expect()
        .chars()
        .forEach(
            c ->
                text.append(
                    Character.isISOControl(c) ? "\\u%04x".formatted(c) : Character.toString(c)));
    return text.append('\'').toString();
  }

  /** ISO-8859-1 maps bytes to characters one to one, so any answer can be searched as text. */
  private static final class Answer {

    private final StringBuilder text = new StringBuilder();
    private final String wanted;

    Answer(String expect) {
      this.wanted =
          new String(expect.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    boolean add(Buffer data) {
      text.append(data.toString(StandardCharsets.ISO_8859_1));
      return text.indexOf(wanted) >= 0;
    }

    int length() {
      return text.length();
    }
  }
}
