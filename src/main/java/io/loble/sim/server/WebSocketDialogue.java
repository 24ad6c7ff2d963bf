package io.loble.sim.server;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket on which every message comes back, frame by frame, as text or binary as it was. It
 * holds one frame at a time, of up to 1 MiB.
 */
final class WebSocketDialogue implements Dialogue {

  private static final int MAX_FRAME = 1 << 20;
  static final String VERSION = "13";
  private static final WebSocketDecoderConfig FRAMES =
      WebSocketDecoderConfig.newBuilder()
          .maxFramePayloadLength(MAX_FRAME)
          .closeOnProtocolViolation(false)
          .build();

  private final Way way;
  private final ServerStats stats;
  private final Answers answers;
  private final HttpCodec codec;
  private @Nullable WebSocketFrame waiting;
  private @Nullable WebSocketCloseStatus violation;

  private WebSocketDialogue(Way way, ServerStats stats, Answers answers, HttpCodec codec) {
    this.way = way;
    this.stats = stats;
    this.answers = answers;
    this.codec = codec;
  }

  /**
   * Answers a request for a WebSocket, and goes on with it.
   *
   * @param refusal gets what is answered when it is not such a request
   */
  static void begin(
      HttpRequest request,
      Way way,
      ServerState state,
      Answers answers,
      HttpCodec codec,
      Consumer<HttpPage> refusal) {
    if (!VERSION.equals(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
      refusal.accept(HttpPage.of(HttpResponseStatus.UPGRADE_REQUIRED));
      return;
    }
    DefaultHttpHeaders headers = new DefaultHttpHeaders();
    headers.set(HttpDialogue.SERVER, state.settings().id());
    try {
      Buffer answer =
          codec.upgraded(
              new WebSocketServerHandshaker13(request.uri(), null, FRAMES), request, headers);
      way.become(new WebSocketDialogue(way, state.stats(), answers, codec));
      way.write(answer);
    } catch (WebSocketHandshakeException e) {
      refusal.accept(HttpPage.of(HttpResponseStatus.BAD_REQUEST));
    }
  }

  @Override
  public void offer(Buffer chunk) {
    try {
      codec.offer(chunk);
    } catch (CorruptedWebSocketFrameException e) {
      violation = e.closeStatus();
    }
  }

  @Override
  public boolean advance() {
    Object message = codec.poll();
    if (message != null) {
      take(message);
    } else if (violation != null) {
      way.refuse(codec.encoded(new CloseWebSocketFrame(violation)));
    }
    return message != null || violation != null;
  }

  private void take(Object message) {
    if (message instanceof CloseWebSocketFrame close) {
      way.write(codec.encoded(close));
      way.close();
    } else if (message instanceof PingWebSocketFrame ping) {
      way.write(codec.encoded(new PongWebSocketFrame(ping.content())));
    } else if (message instanceof ContinuationWebSocketFrame more) {
      write(more);
    } else if (message instanceof PongWebSocketFrame) {
      ReferenceCountUtil.release(message);
    } else if (message instanceof WebSocketFrame first) {
      stats.webSocketMessage();
      answers.begin(first.content().readableBytes());
      waiting = first;
      way.after(answers.waitNanos(true), this::writeWaiting);
    } else {
      // Sent before the answer to the request was there, and read as HTTP.
      ReferenceCountUtil.release(message);
      violation = WebSocketCloseStatus.PROTOCOL_ERROR;
    }
  }

  private void writeWaiting() {
    WebSocketFrame frame = waiting;
    waiting = null;
    if (frame != null) {
      write(frame);
    }
  }

  private void write(WebSocketFrame frame) {
    Buffer bytes = BufferInternal.buffer(frame.content().copy());
    way.write(
        codec.encoded(frame.replace(((BufferInternal) answers.corrupted(bytes)).getByteBuf())));
    frame.release();
  }

  @Override
  public boolean isMidAnswer() {
    return waiting != null;
  }

  @Override
  public void release() {
    ReferenceCountUtil.release(waiting);
    waiting = null;
    codec.release();
  }
}
