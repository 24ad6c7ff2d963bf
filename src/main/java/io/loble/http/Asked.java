package io.loble.http;

import io.loble.proxy.RequestInfo;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import org.jspecify.annotations.Nullable;

/** What one request asks for, and in which words. */
final class Asked implements RequestInfo {

  private final HttpServerRequest request;
  private final MultiMap headers;
  private final @Nullable String authority;
  private final String target;
  private final String path;

  Asked(HttpServerRequest request) {
    this.request = request;
    this.headers = request.headers();
    // Of HTTP/2, CONNECT has none.
    this.target = request.uri() == null ? "" : request.uri();
    this.authority = authority(request);
    int query = target.indexOf('?');
    this.path = query < 0 ? target : target.substring(0, query);
  }

  private static @Nullable String authority(HttpServerRequest request) {
    if (request.version() != HttpVersion.HTTP_2) {
      return request.getHeader(HttpHeaders.HOST);
    }
    HostAndPort known = request.authority();
    return known == null ? null : text(known);
  }

  private static String text(HostAndPort known) {
    return known.port() < 0 ? known.host() : known.host() + ":" + known.port();
  }

  @Override
  public String method() {
    return request.method().name();
  }

  /** As the client has it, with its port if it says one; null when it does not say. */
  @Nullable String authority() {
    return authority;
  }

  @Override
  public @Nullable String host() {
    return authority == null ? null : RequestInfo.hostOf(authority);
  }

  /** The path and the query. */
  String target() {
    return target;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  MultiMap headers() {
    return headers;
  }

  /** Whether it may be asked twice with the effect of once (RFC 9110, 9.2.2). */
  boolean isIdempotent() {
    return switch (method()) {
      case "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE" -> true;
      default -> false;
    };
  }

  /** Whether it asks to speak the WebSocket protocol from then on (RFC 6455, 4.1). */
  boolean asksForWebSocket() {
    return request.version() == HttpVersion.HTTP_1_1
        && headers.contains(HttpHeaders.UPGRADE, "websocket", true)
        && method().equals("GET")
        && HopByHop.named(headers).contains("upgrade");
  }
}
