package io.loble.http;

import io.loble.config.source.ErrorPages;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Optional;

/** Sends answers of Loble's own. */
final class OwnAnswer {

  private OwnAnswer() {}

  /**
   * Answers a request.
   *
   * @param last whether its connection, where it is one of HTTP/1, is closed behind the answer
   */
  static void send(HttpServerRequest request, HttpAnswer answer, ErrorPages pages, boolean last) {
    if (last && request.version() != HttpVersion.HTTP_2) {
      sayLast(request.response());
    }
    write(request, answer, pages);
  }

  private static void write(HttpServerRequest request, HttpAnswer answer, ErrorPages pages) {
    HttpServerResponse response = request.response();
    response.setStatusCode(answer.status());
    // Of a backend's answer, which is not sent after all.
    response.headers().clear();
    answer.headers().forEach(response::putHeader);
    Optional<ErrorPages.Page> page = pages.of(answer.status());
    String type = page.map(ErrorPages.Page::contentType).orElse(HttpAnswer.PROBLEM);
    Buffer content = page.map(ErrorPages.Page::content).orElseGet(answer::problem);
    response.putHeader(HttpHeaders.CONTENT_TYPE, type);
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(content.length()));
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(content);
    }
  }

  /** Says that the connection ends with an answer; as late as it is known what else it says. */
  static void sayLast(HttpServerResponse response) {
    response.headersEndHandler(known -> response.headers().set(HttpHeaders.CONNECTION, "close"));
  }
}
