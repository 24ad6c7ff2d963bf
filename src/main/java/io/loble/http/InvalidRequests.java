package io.loble.http;

import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.InvalidLineSeparatorException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.VertxConnection;

/** What is wrong with requests that cannot be read, in words for clients. */
final class InvalidRequests {

  private InvalidRequests() {}

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
}
