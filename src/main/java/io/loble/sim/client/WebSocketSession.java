package io.loble.sim.client;

import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A client of a WebSocket, from the handshake to the closing handshake. */
final class WebSocketSession extends RoundSession {

  private static final int SWITCHING_PROTOCOLS = 101;
  private static final short NORMAL = 1000;

  private final Site site;
  private final WebSocketScript script;
  private @Nullable WebSocket socket;
  private int asked;
  private boolean closing;

  WebSocketSession(
      Site site,
      Choices.Choice choice,
      WebSocketScript script,
      Plan plan,
      BiConsumer<Session, Outcome> onEnd) {
    super(site, choice, plan, onEnd, script.thinkingMillis());
    this.site = site;
    this.script = script;
  }

  @Override
  void connect() {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost(site.target().host())
            .setPort(site.target().port())
            .setURI(site.httpTarget().path() + "/ws");
    site.httpTarget().host().ifPresent(name -> options.putHeader(HttpHeaders.HOST, name));
    site.webSockets().connect(options).onSuccess(this::connected).onFailure(this::notConnected);
  }

  private void notConnected(Throwable cause) {
    if (cause instanceof UpgradeRejectedException rejected) {
      // With 101 it was no WebSocket all the same.
      if (!isRefused(rejected.getStatus(), SWITCHING_PROTOCOLS)) {
        failed(cause);
      }
    } else if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
      end(Outcome.CONNECT);
    } else if (cause instanceof WebSocketHandshakeException
        && !(cause instanceof WebSocketClientHandshakeException)) {
      // Vert.x's word for the end of the connection before there was an answer.
      end(Outcome.CLOSED);
    } else {
      failed(cause);
    }
  }

  private void connected(WebSocket made) {
    socket = made;
    made.closeHandler(ignored -> closed(made));
    made.exceptionHandler(this::failed);
    made.textMessageHandler(text -> receive(false, text.getBytes(StandardCharsets.UTF_8)));
    made.binaryMessageHandler(bytes -> receive(true, bytes.getBytes()));
    if (made.headers().contains(HttpSession.SERVER)) {
      connected();
    } else {
      wrong(Mismatch.between(HttpSession.SERVER, "no " + HttpSession.SERVER));
    }
  }

  @Override
  void ask(int number) {
    WebSocket current = socket;
    if (current == null) {
      return;
    }
    asked = number;
    Answer message = script.message(number);
    sent((int) message.length());
    if (message instanceof Answer.Bulk bulk) {
      current.writeBinaryMessage(bulk.noise().bytes(0, (int) bulk.length()));
    } else if (message instanceof Answer.Text text) {
      current.writeTextMessage(text.text());
    }
  }

  private void receive(boolean binary, byte[] bytes) {
    if (isOver()) {
      return;
    }
    received(bytes.length);
    if (!isBusy() || closing) {
      wrong(Mismatch.between("", Buffer.buffer(bytes).toString()));
    } else if (binary != script.isBinary(asked)) {
      wrong(Mismatch.between(kind(!binary), kind(binary)));
    } else {
      compare(bytes);
    }
  }

  private void compare(byte[] bytes) {
    Comparison comparison = new Comparison(script.message(asked));
    Optional<Mismatch> mismatch = comparison.accept(bytes).or(comparison::end);
    judge(mismatch);
    if (mismatch.isEmpty()) {
      answered();
    }
  }

  private static String kind(boolean binary) {
    return binary ? "a binary message" : "a text message";
  }

  private void closed(WebSocket which) {
    Short status = which.closeStatusCode();
    boolean inGoodOrder = closing && status != null && status == NORMAL;
    end(inGoodOrder ? Outcome.FINISHED : Outcome.CLOSED);
  }

  @Override
  void done() {
    closing = true;
    if (socket != null) {
      var unused = socket.close(NORMAL);
    }
  }

  @Override
  void leave() {
    WebSocket current = socket;
    socket = null;
    if (current != null && !current.isClosed()) {
      var unused = current.close();
    }
  }
}
