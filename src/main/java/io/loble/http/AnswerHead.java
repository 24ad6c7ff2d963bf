package io.loble.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpResponseHead;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The head of an answer, as a backend sends it and as a client gets it. */
final class AnswerHead {

  private static final String CLOSE = "close";

  private AnswerHead() {}

  /** Sets it; it is sent with what follows. */
  static void write(HttpResponseHead head, HttpServerRequest request, boolean last) {
    HttpServerResponse response = request.response();
    response.setStatusCode(head.statusCode);
    if (request.version() != HttpVersion.HTTP_2 && !isUsual(head)) {
      response.setStatusMessage(head.statusMessage);
    }
    MultiMap headers = response.headers();
    copy(head.headers, headers);
    if (request.version() != HttpVersion.HTTP_2) {
      frame(head, request, last);
    }
  }

  /** Whether a status says what it says anyway. */
  private static boolean isUsual(HttpResponseHead head) {
    String said = head.statusMessage;
    return said == null || HttpResponseStatus.valueOf(head.statusCode).reasonPhrase().equals(said);
  }

  /** Sets that of an answer after which another protocol is spoken. */
  static void switchProtocols(HttpResponseHead head, HttpServerResponse response) {
    response.setStatusCode(head.statusCode);
    copy(head.headers, response.headers());
    response.headers().set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
    response.headers().set(HttpHeaders.UPGRADE, "websocket");
  }

  /** The headers that are for the client, with names as HTTP/2 wants them. */
  static MultiMap endToEnd(MultiMap from) {
    MultiMap to = HttpHeaders.headers();
    Set<String> named = HopByHop.named(from);
    for (Map.Entry<String, String> header : from) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!HopByHop.isKnown(name) && !named.contains(name)) {
        to.add(name, header.getValue());
      }
    }
    return to;
  }

  private static void copy(MultiMap from, MultiMap to) {
    Set<String> named = HopByHop.named(from);
    for (Map.Entry<String, String> header : from) {
      String name = header.getKey();
      if (!HopByHop.isKnown(name)
          && (named.isEmpty() || !named.contains(name.toLowerCase(Locale.ROOT)))) {
        to.add(name, header.getValue());
      }
    }
  }

  /** How a client of HTTP/1 finds the end of the answer. */
  private static void frame(HttpResponseHead head, HttpServerRequest request, boolean last) {
    HttpServerResponse response = request.response();
    if (length(head, request) < 0 && request.version() == HttpVersion.HTTP_1_1) {
      response.setChunked(true);
    }
    if (last) {
      OwnAnswer.sayLast(response);
    }
  }

  /** Whether a client finds the end of the answer only where its connection ends. */
  static boolean endsWithConnection(HttpResponseHead head, HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_1_0 && length(head, request) < 0;
  }

  /** The length of the body; -1 when it ends where the answer does. */
  static long length(HttpResponseHead head, HttpServerRequest request) {
    int status = head.statusCode;
    if (request.method().equals(HttpMethod.HEAD) || status == 204 || status == 304) {
      return 0;
    }
    String length = head.headers.get(HttpHeaders.CONTENT_LENGTH);
    return length == null ? -1 : number(length);
  }

  private static long number(String length) {
    try {
      return Long.parseLong(length.strip());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Whether the connection that it came by may have another request after it. */
  static boolean keeps(HttpResponseHead head) {
    String connection = head.headers.get(HttpHeaders.CONNECTION);
    boolean old = head.version == HttpVersion.HTTP_1_0;
    if (connection == null) {
      return !old;
    }
    String options = connection.toLowerCase(Locale.ROOT);
    return old ? options.contains("keep-alive") : !options.contains(CLOSE);
  }

  /** Whether a client can be sent trailers. */
  static boolean mayHaveTrailers(HttpServerResponse response, HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_2 || response.isChunked();
  }
}
