package io.loble.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.AsciiString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of one request say of where it ends and whom it is for: counted as they are read,
 * since Netty has merged some of them by the end of the head, and checked there.
 */
final class HeadFields {

  /** In head and trailers together; servers in use stop at about as many. */
  static final int MOST = 100;

  /** What CGI and its heirs take for the names with hyphens. */
  private static final AsciiString CONTENT_UNDERSCORE_LENGTH = AsciiString.cached("content_length");

  private static final AsciiString TRANSFER_UNDERSCORE_ENCODING =
      AsciiString.cached("transfer_encoding");

  private @Nullable String authority;
  private int count;
  private int hosts;
  private int lengths;
  private int encodings;
  private int connections;

  /**
   * Begins a request.
   *
   * @param targetAuthority of a target in absolute-form
   */
  void begin(@Nullable String targetAuthority) {
    authority = targetAuthority;
    count = 0;
    hosts = 0;
    lengths = 0;
    encodings = 0;
    connections = 0;
  }

  /** Counts a field of the head. */
  void add(AsciiString name) {
    countOne();
    switch (name.length()) {
      case 4 -> hosts += isHost(name) ? 1 : 0;
      case 10 -> connections += HttpHeaderNames.CONNECTION.contentEqualsIgnoreCase(name) ? 1 : 0;
      case 14 -> lengths += isLength(name) ? 1 : 0;
      case 17 -> encodings += isEncoding(name) ? 1 : 0;
      case 18 -> refuseOldWebSocket(name);
      default -> {
        // says nothing of ends or hosts
      }
    }
  }

  /** Counts a field behind the body, where nothing may stand that the head should have said. */
  void addTrailer(AsciiString name) {
    countOne();
    if (isHost(name) || isLength(name) || isEncoding(name)) {
      throw new MalformedRequestException("a trailer is one of the fields that end or route");
    }
  }

  private void countOne() {
    count++;
    if (count > MOST) {
      throw new TooLongHttpHeaderException("more than " + MOST + " fields");
    }
  }

  private static boolean isHost(AsciiString name) {
    return HttpHeaderNames.HOST.contentEqualsIgnoreCase(name);
  }

  private static boolean isLength(AsciiString name) {
    refuse(CONTENT_UNDERSCORE_LENGTH, name);
    return HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name);
  }

  private static boolean isEncoding(AsciiString name) {
    refuse(TRANSFER_UNDERSCORE_ENCODING, name);
    return HttpHeaderNames.TRANSFER_ENCODING.contentEqualsIgnoreCase(name);
  }

  private static void refuse(AsciiString lookalike, AsciiString name) {
    if (lookalike.contentEqualsIgnoreCase(name)) {
      throw new MalformedRequestException("a name has an underscore for the hyphen");
    }
  }

  /** With this field of a draft of 2010, Netty reads 8 bytes as a body that no length announces. */
  private static void refuseOldWebSocket(AsciiString name) {
    if (HttpHeaderNames.SEC_WEBSOCKET_KEY1.contentEqualsIgnoreCase(name)) {
      throw new MalformedRequestException("a WebSocket handshake from before RFC 6455");
    }
  }

  /** Checks the head that has been read; a host that only the target names becomes its Host. */
  void check(HttpRequest request) {
    HttpHeaders headers = request.headers();
    if (lengths > 1) {
      throw new MalformedRequestException("more than one Content-Length");
    }
    if (encodings > 0) {
      checkEncoding(headers);
    }
    checkHost(request.protocolVersion(), headers);
    if (connections > 0) {
      checkConnection(headers);
    }
  }

  /** One field, and nothing but chunked: the rest of what must not be, Netty refuses. */
  private void checkEncoding(HttpHeaders headers) {
    String coding = headers.get(HttpHeaderNames.TRANSFER_ENCODING);
    if (encodings > 1) {
      throw new MalformedRequestException("more than one Transfer-Encoding");
    }
    if (HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(coding)) {
      return;
    }
    if (isChunkedAfterOthers(coding)) {
      throw new MalformedRequestException(
          HttpResponseStatus.NOT_IMPLEMENTED, "only chunked is understood as a transfer coding");
    }
    throw new MalformedRequestException("the last transfer coding is not chunked");
  }

  private static boolean isChunkedAfterOthers(String codings) {
    String chunked = HttpHeaderValues.CHUNKED.toString();
    int comma = codings.lastIndexOf(',');
    return comma > 0
        && codings.substring(comma + 1).strip().equalsIgnoreCase(chunked)
        && !codings.regionMatches(true, 0, chunked, 0, chunked.length());
  }

  private void checkHost(HttpVersion version, HttpHeaders headers) {
    if (hosts > 1) {
      throw new MalformedRequestException("more than one Host");
    }
    if (hosts == 0) {
      if (HttpVersion.HTTP_1_1.equals(version)) {
        throw new MalformedRequestException("no Host");
      }
      if (authority != null) {
        headers.set(HttpHeaderNames.HOST, authority);
      }
      return;
    }
    String host = headers.get(HttpHeaderNames.HOST);
    if (!Authority.isValid(host)) {
      throw new MalformedRequestException("Host is not a host with or without a port");
    }
    if (authority != null && !authority.equalsIgnoreCase(host)) {
      throw new MalformedRequestException("Host differs from the authority of the target");
    }
  }

  private void checkConnection(HttpHeaders headers) {
    if (connections == 1) {
      checkConnection(headers.get(HttpHeaderNames.CONNECTION));
      return;
    }
    List<String> values = headers.getAll(HttpHeaderNames.CONNECTION);
    values.forEach(HeadFields::checkConnection);
  }

  /** Whoever takes the named fields for those of one hop would pass the request on without them. */
  private static void checkConnection(String options) {
    if (ConnectionOptions.contains(options, HttpHeaderNames.TRANSFER_ENCODING)
        || ConnectionOptions.contains(options, HttpHeaderNames.CONTENT_LENGTH)
        || ConnectionOptions.contains(options, HttpHeaderNames.HOST)) {
      throw new MalformedRequestException("Connection names a field that ends or routes");
    }
  }
}
