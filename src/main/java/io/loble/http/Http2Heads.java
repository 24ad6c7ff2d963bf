package io.loble.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Optional;

/**
 * What Netty and Vert.x let pass in the head of a request of HTTP/2, and what could be read
 * differently once it is written as HTTP/1.1 (RFC 9113, section 10.3).
 */
public final class Http2Heads {

  /** Fields that no request has here, but Netty knows or a backend could take for others. */
  private static final List<String> UNWANTED =
      List.of(":protocol", "content_length", "transfer_encoding");

  private Http2Heads() {}

  /** Why a request is refused, or nothing; its answer is an error, its stream goes no further. */
  public static Optional<MalformedRequestException> faultOf(HttpServerRequest request) {
    try {
      checkTarget(request.method(), request.uri());
      checkOrigin(request.scheme(), request.authority());
      checkFields(request.headers());
      return Optional.empty();
    } catch (MalformedRequestException e) {
      return Optional.of(e);
    }
  }

  private static void checkTarget(HttpMethod method, String target) {
    if (method.equals(HttpMethod.CONNECT)) {
      throw new MalformedRequestException(
          HttpResponseStatus.NOT_IMPLEMENTED, "CONNECT is not implemented");
    }
    if (target.startsWith("/")) {
      RequestTarget.check(target);
    } else if (!method.equals(HttpMethod.OPTIONS) || !target.equals(RequestTarget.ASTERISK)) {
      throw new MalformedRequestException(":path does not begin with a slash");
    }
  }

  private static void checkOrigin(String scheme, HostAndPort authority) {
    if (!scheme.equalsIgnoreCase("https") && !scheme.equalsIgnoreCase("http")) {
      throw new MalformedRequestException(":scheme is neither http nor https");
    }
    if (authority == null) {
      throw new MalformedRequestException("neither :authority nor Host");
    }
    if (!Authority.isValid(authority.host()) || authority.port() == 0) {
      throw new MalformedRequestException(":authority is not a host with or without a port");
    }
  }

  private static void checkFields(MultiMap headers) {
    if (headers.getAll("host").size() > 1) {
      throw new MalformedRequestException("more than one Host");
    }
    for (String name : UNWANTED) {
      if (headers.contains(name)) {
        throw new MalformedRequestException("a field that no request has here: " + name);
      }
    }
  }
}
