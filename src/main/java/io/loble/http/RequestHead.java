package io.loble.http;

import io.loble.config.RouteAction;
import io.loble.model.HttpVersion;
import io.loble.proxy.Lease;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpRequestHead;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The head of a request as a backend gets it. */
final class RequestHead {

  private static final String TRAILERS = "trailers";
  private static final String CONTINUE = "100-continue";

  private final HttpMethod method;
  private final String target;
  private final String authority;
  private final MultiMap headers;
  private final boolean chunked;
  private final boolean upgrade;

  private RequestHead(
      HttpMethod method,
      String target,
      String authority,
      MultiMap headers,
      boolean chunked,
      boolean upgrade) {
    this.method = method;
    this.target = target;
    this.authority = authority;
    this.headers = headers;
    this.chunked = chunked;
    this.upgrade = upgrade;
  }

  /**
   * What a backend is asked where a client has asked that.
   *
   * @param lease what the backend is, and its pool
   */
  static RequestHead of(
      Asked asked,
      HttpServerRequest request,
      Forwarding forwarding,
      Lease lease,
      RouteAction action,
      boolean hasBody) {
    boolean http2 = lease.pool().outbound().http().version() == HttpVersion.H2;
    boolean upgrade = !http2 && !hasBody && asked.asksForWebSocket();
    MultiMap headers = HttpHeaders.headers();
    copy(asked.headers(), headers, forwarding, http2);
    String authority = asked.authority();
    // A client of HTTP/1.0 may say none, and every request of HTTP/1.1 has one (RFC 9112, 3.2).
    String host = authority == null ? lease.backend().address().toString() : authority;
    if (!http2) {
      headers.set(HttpHeaders.HOST, host);
    }
    if (upgrade) {
      headers.set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
      headers.set(HttpHeaders.UPGRADE, "websocket");
    }
    forwarding.addTo(headers, asked.headers(), authority);
    boolean chunked = hasBody && !headers.contains(HttpHeaders.CONTENT_LENGTH);
    return new RequestHead(
        request.method(), target(asked, action), host, headers, chunked, upgrade);
  }

  private static void copy(MultiMap from, MultiMap to, Forwarding forwarding, boolean http2) {
    Set<String> named = HopByHop.named(from);
    for (Map.Entry<String, String> header : from) {
      String name = header.getKey();
      if (http2 && name.equalsIgnoreCase("te") && header.getValue().equalsIgnoreCase(TRAILERS)) {
        // The one value that HTTP/2 knows, without which there is no gRPC (RFC 9113, 8.2.2).
        to.add(name, TRAILERS);
      } else if (goesOn(name, named) && !forwarding.drops(name)) {
        to.add(name, header.getValue());
      }
    }
  }

  private static boolean goesOn(String name, Set<String> named) {
    return !HopByHop.isKnown(name)
        && !(name.length() == 4 && name.equalsIgnoreCase("host"))
        && (named.isEmpty() || !named.contains(name.toLowerCase(Locale.ROOT)));
  }

  private static String target(Asked asked, RouteAction action) {
    if (action.stripPrefix().isEmpty()) {
      return asked.target();
    }
    String path = asked.path();
    return action.stripped(path) + asked.target().substring(path.length());
  }

  /** Whether the client sends the rest only when it is told to. */
  boolean awaitsContinue() {
    return headers.contains(HttpHeaders.EXPECT, CONTINUE, true);
  }

  /** Whether its body ends where its last chunk does. */
  boolean isChunked() {
    return chunked;
  }

  /** Whether the connection is to be the client's from then on. */
  boolean isUpgrade() {
    return upgrade;
  }

  HttpRequestHead toVertx() {
    return new HttpRequestHead(method, target, headers, authority, target, null);
  }
}
