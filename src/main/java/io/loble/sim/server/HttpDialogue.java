package io.loble.sim.server;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.0 and 1.1: kept connections, requests sent ahead, and bodies of any length, of which a few
 * pieces are in memory. A request is answered when it is there to its end, and an echo while it
 * comes.
 */
final class HttpDialogue implements Dialogue {

  static final String SERVER = "X-Server";

  private static final Buffer CONTINUE = Buffer.buffer("HTTP/1.1 100 Continue\r\n\r\n");

  private final Way way;
  private final ServerState state;
  private final Answers answers;
  private final HttpCodec codec = new HttpCodec();

  private @Nullable HttpRequest request;
  private @Nullable HttpBody sending;
  private boolean echoing;
  private boolean beginning;

  HttpDialogue(Way way, ServerState state, Answers answers) {
    this.way = way;
    this.state = state;
    this.answers = answers;
  }

  @Override
  public void offer(Buffer chunk) {
    codec.offer(chunk);
  }

  @Override
  public boolean advance() {
    if (request != null && sending != null) {
      sendNext(request, sending);
      return true;
    }
    Object message = codec.poll();
    if (message == null) {
      return false;
    }
    try {
      take(message);
    } finally {
      ReferenceCountUtil.release(message);
    }
    return true;
  }

  @Override
  public boolean isMidAnswer() {
    return request != null;
  }

  @Override
  public void release() {
    codec.release();
  }

  private void take(Object message) {
    if (message instanceof HttpRequest head) {
      if (head.decoderResult().isFailure()) {
        refuse(statusOf(head.decoderResult()));
      } else {
        begin(head);
      }
    } else if (message instanceof HttpContent content && request != null) {
      take(request, content);
    }
  }

  private void begin(HttpRequest head) {
    state.stats().httpRequested();
    request = head;
    echoing = HttpPages.isEcho(head);
    if (HttpUtil.is100ContinueExpected(head)) {
      // Not through the codec, which would take it for the answer.
      way.write(CONTINUE);
    }
    if (echoing) {
      way.after(answers.waitNanos(true), () -> beginEcho(head));
    }
  }

  private void beginEcho(HttpRequest head) {
    long length =
        HttpUtil.isTransferEncodingChunked(head)
            ? HttpBody.UNKNOWN
            : HttpUtil.getContentLength(head, 0L);
    String type = head.headers().get(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream");
    answers.begin(length);
    writeHead(head, HttpResponseStatus.OK, type, length);
  }

  private void take(HttpRequest head, HttpContent content) {
    if (content.decoderResult().isFailure()) {
      // The head of an echo is out: all that can still be said is that it does not go on.
      if (echoing) {
        way.refuse(Buffer.buffer());
      } else {
        refuse(HttpResponseStatus.BAD_REQUEST);
      }
    } else if (echoing) {
      echo(head, content);
    } else if (content instanceof LastHttpContent) {
      respond(head);
    }
  }

  private void echo(HttpRequest head, HttpContent content) {
    if (content.content().isReadable()) {
      writePiece(BufferInternal.buffer(content.content().copy()));
    }
    if (content instanceof LastHttpContent last) {
      end(head, last.trailingHeaders());
    }
  }

  private void respond(HttpRequest head) {
    if (HttpPages.isWebSocket(head)) {
      way.after(
          answers.waitNanos(true),
          () ->
              WebSocketDialogue.begin(
                  head, way, state, answers, codec, page -> respond(head, page)));
      return;
    }
    HttpPage page = HttpPages.of(head, state.settings().id());
    long late = TimeUnit.MILLISECONDS.toNanos(page.lateMillis());
    way.after(Math.max(0, answers.waitNanos(true)) + late, () -> respond(head, page));
  }

  private void respond(HttpRequest head, HttpPage page) {
    answers.begin(page.body().corruptible());
    writeHead(head, page.status(), page.type(), page.body().length());
    boolean bare =
        head.method().equals(HttpMethod.HEAD)
            || page.status().equals(HttpResponseStatus.NO_CONTENT)
            || page.status().equals(HttpResponseStatus.NOT_MODIFIED);
    sending = bare ? HttpBody.of(Buffer.buffer()) : page.body();
  }

  private void sendNext(HttpRequest head, HttpBody body) {
    Buffer piece = body.next();
    if (piece == null) {
      sending = null;
      end(head, LastHttpContent.EMPTY_LAST_CONTENT.trailingHeaders());
      return;
    }
    writePiece(piece);
    way.after(TimeUnit.MILLISECONDS.toNanos(body.gapMillis()), () -> {});
  }

  private void writeHead(HttpRequest head, HttpResponseStatus status, String type, long length) {
    HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status);
    HttpHeaders headers = response.headers();
    headers.set(SERVER, state.settings().id());
    headers.set(HttpHeaderNames.CONTENT_TYPE, type);
    if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
      headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
      headers.set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, WebSocketDialogue.VERSION);
    }
    if (length != HttpBody.UNKNOWN) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
    } else if (isOld(head)) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      HttpUtil.setKeepAlive(head, false);
    } else {
      headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    if (!isKept(head)) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (isOld(head)) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    beginning = length == HttpBody.UNKNOWN;
    write(response);
  }

  /** Of a body without a known length, a byte of the first piece is the one that may be changed. */
  private void writePiece(Buffer piece) {
    if (beginning) {
      beginning = false;
      answers.begin(piece.length());
    }
    Buffer bytes = answers.corrupted(piece);
    write(new DefaultHttpContent(((BufferInternal) bytes).getByteBuf()));
  }

  private void end(HttpRequest head, HttpHeaders trailers) {
    DefaultLastHttpContent last = new DefaultLastHttpContent();
    last.trailingHeaders().set(trailers);
    write(last);
    request = null;
    if (!isKept(head)) {
      way.close();
    }
  }

  private boolean isKept(HttpRequest head) {
    return HttpUtil.isKeepAlive(head) && !way.isStopping();
  }

  private static boolean isOld(HttpRequest head) {
    return head.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
  }

  private void refuse(HttpResponseStatus status) {
    state.stats().httpRequested();
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            status,
            Unpooled.copiedBuffer(status + "\n", StandardCharsets.US_ASCII));
    response
        .headers()
        .set(SERVER, state.settings().id())
        .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
        .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    request = null;
    way.refuse(codec.encoded(response));
  }

  private static HttpResponseStatus statusOf(DecoderResult result) {
    if (result.cause() instanceof TooLongHttpLineException) {
      return HttpResponseStatus.REQUEST_URI_TOO_LONG;
    }
    return result.cause() instanceof TooLongHttpHeaderException
        ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        : HttpResponseStatus.BAD_REQUEST;
  }

  private void write(Object message) {
    way.write(codec.encoded(message));
  }
}
