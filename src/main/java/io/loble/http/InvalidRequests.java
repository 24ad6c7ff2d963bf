package io.loble.http;

import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.InvalidLineSeparatorException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.impl.VertxConnection;

/**
 * Answers requests that are refused as they were written, with a problem (RFC 9457). Those of
 * HTTP/1.1 are the last ones of their connections; Vert.x closes these behind the answer.
 */
public final class InvalidRequests implements Handler<HttpServerRequest> {

  private static final String PROBLEM = "application/problem+json";

  /** For a head that was refused. */
  @Override
  public void handle(HttpServerRequest request) {
    refuse(request, refusalOf(request.decoderResult().cause()));
  }

  /** For a request that was read and is refused nevertheless. */
  public static void refuse(HttpServerRequest request, MalformedRequestException refusal) {
    HttpServerResponse response = request.response().setStatusCode(refusal.status());
    if (request.version() != HttpVersion.HTTP_2) {
      response.putHeader(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    response.putHeader(HttpHeaderNames.CONTENT_TYPE, PROBLEM).end(problem(refusal));
  }

  /**
   * For a request whose body turned out malformed, as the handler of its exceptions hears it;
   * Vert.x closes the connection right after. Answers if no answer has begun.
   *
   * @return false if that is not why the request failed, or an answer has begun
   */
  public static boolean answerMalformedBody(HttpServerRequest request, Throwable cause) {
    if (!isMalformed(cause) || request.response().headWritten()) {
      return false;
    }
    refuse(request, refusalOf(cause));
    flush(request.connection());
    return true;
  }

  /** Vert.x flushes at the end of what it reads, and this connection does not live to see that. */
  static void flush(HttpConnection connection) {
    if (connection instanceof VertxConnection channel) {
      channel.flush();
    }
  }

  /** What {@code StrictRequestDecoder} finds, and Netty's decoder under it. */
  static boolean isMalformed(Throwable cause) {
    return cause instanceof MalformedRequestException
        || cause instanceof CorruptedFrameException
        || cause instanceof TooLongFrameException
        || cause instanceof InvalidLineSeparatorException
        || cause instanceof IllegalArgumentException;
  }

  /** Why a request could not be read. */
  static MalformedRequestException refusalOf(HttpServerRequest request) {
    return refusalOf(request.decoderResult().cause());
  }

  /** Texts of Netty are not for clients: they repeat what was sent. */
  static MalformedRequestException refusalOf(Throwable cause) {
    if (cause instanceof MalformedRequestException refusal) {
      return refusal;
    }
    if (cause instanceof TooLongHttpLineException) {
      return new MalformedRequestException(
          HttpResponseStatus.REQUEST_URI_TOO_LONG, "the request line is too long");
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return new MalformedRequestException(
          HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
          "the fields are too many or too long");
    }
    return new MalformedRequestException("not a well-formed request");
  }

  private static String problem(MalformedRequestException refusal) {
    return new JsonObject()
        .put("type", "about:blank")
        .put("title", HttpResponseStatus.valueOf(refusal.status()).reasonPhrase())
        .put("status", refusal.status())
        .put("detail", refusal.reason())
        .encode();
  }
}
