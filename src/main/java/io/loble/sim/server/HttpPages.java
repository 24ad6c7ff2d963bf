package io.loble.sim.server;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.OptionalLong;

/** What is found at which path of a simulated server. */
final class HttpPages {

  private static final String NAME = "server ";
  private static final int MAX_DIGITS = 13;
  private static final long MAX_EVENTS = 1_000_000;
  private static final int MIN_STATUS = 200;
  private static final int MAX_STATUS = 599;

  private HttpPages() {}

  /** Whether the body of the request is the body of the answer. */
  static boolean isEcho(HttpRequest request) {
    boolean hasBody =
        request.method().equals(HttpMethod.POST) || request.method().equals(HttpMethod.PUT);
    return hasBody && path(request).equals("/echo");
  }

  /** Whether the request is for the place where WebSockets are. */
  static boolean isWebSocket(HttpRequest request) {
    return isRead(request) && path(request).equals("/ws");
  }

  /**
   * The answer of a server to a request that is not one of those above.
   *
   * @param id the server's name
   */
  static HttpPage of(HttpRequest request, String id) {
    if (!isRead(request)) {
      return HttpPage.of(HttpResponseStatus.NOT_FOUND);
    }
    String path = path(request);
    return switch (path) {
      case "/" -> HttpPage.text(HttpResponseStatus.OK, NAME + id + "\n");
      case "/headers" -> headers(request.headers());
      case "/events" -> events(request.uri(), id);
      default -> numbered(path, id);
    };
  }

  private static HttpPage numbered(String path, String id) {
    int end = path.lastIndexOf('/') + 1;
    OptionalLong number = number(path.substring(end));
    if (number.isEmpty()) {
      return HttpPage.of(HttpResponseStatus.NOT_FOUND);
    }
    long value = number.getAsLong();
    return switch (path.substring(0, end)) {
      case "/bytes/" ->
          within(value, 0, ServerFaults.MAX_BYTES)
              ? HttpPage.ok("application/octet-stream", new HttpBody.Counting(value))
              : HttpPage.of(HttpResponseStatus.BAD_REQUEST);
      case "/status/" ->
          within(value, MIN_STATUS, MAX_STATUS)
              ? HttpPage.of(HttpResponseStatus.valueOf((int) value))
              : HttpPage.of(HttpResponseStatus.BAD_REQUEST);
      case "/slow/" ->
          within(value, 0, LatencyModel.MAX_MILLIS)
              ? HttpPage.text(HttpResponseStatus.OK, NAME + id + "\n").late(value)
              : HttpPage.of(HttpResponseStatus.BAD_REQUEST);
      default -> HttpPage.of(HttpResponseStatus.NOT_FOUND);
    };
  }

  private static HttpPage headers(HttpHeaders headers) {
    JsonArray all = new JsonArray();
    headers.forEach(header -> all.add(new JsonArray().add(header.getKey()).add(header.getValue())));
    return HttpPage.ok("application/json", HttpBody.of(all.toBuffer()));
  }

  private static HttpPage events(String uri, String id) {
    QueryStringDecoder query = new QueryStringDecoder(uri);
    OptionalLong count = number(parameter(query, "n", "5"));
    OptionalLong every = number(parameter(query, "every", "100"));
    return count.isPresent()
            && every.isPresent()
            && within(count.getAsLong(), 0, MAX_EVENTS)
            && within(every.getAsLong(), 0, LatencyModel.MAX_MILLIS)
        ? HttpPage.ok(
            "text/event-stream",
            new HttpBody.Events(NAME + id, (int) count.getAsLong(), every.getAsLong()))
        : HttpPage.of(HttpResponseStatus.BAD_REQUEST);
  }

  private static String parameter(QueryStringDecoder query, String name, String fallback) {
    try {
      return query.parameters().getOrDefault(name, List.of(fallback)).get(0);
    } catch (IllegalArgumentException e) {
      // An escape that is none: no number either.
      return "";
    }
  }

  private static OptionalLong number(String text) {
    boolean right =
        !text.isEmpty()
            && text.length() <= MAX_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return right ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  private static boolean within(long value, long min, long max) {
    return value >= min && value <= max;
  }

  private static boolean isRead(HttpRequest request) {
    return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
  }

  private static String path(HttpRequest request) {
    return new QueryStringDecoder(request.uri()).rawPath();
  }
}
