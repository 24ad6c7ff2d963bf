package io.loble.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Requests of HTTP/2 that must be refused, and who does it. Sections are of RFC 9113. */
final class RefusedHttp2Requests {

  /** What a client sees of a refusal. */
  enum Refusal {
    /** The stream ends with an error: Netty or Vert.x. */
    STREAM,
    /** The connection ends with an error: Vert.x. */
    CONNECTION,
    /** An answer of 400: Loble. */
    BAD_REQUEST,
    /** An answer of 501: Loble. */
    NOT_IMPLEMENTED
  }

  /**
   * A request.
   *
   * @param fields in the order in which they are sent
   * @param data behind the head, in one frame; null if the head is all
   */
  record Case(
      String name, List<Map.Entry<String, String>> fields, @Nullable String data, Refusal refusal) {

    @Override
    public String toString() {
      return name;
    }
  }

  private RefusedHttp2Requests() {}

  /** A well-formed one, but for a changed pseudo-header; null leaves it out. */
  static List<Map.Entry<String, String>> head(
      @Nullable String method,
      @Nullable String scheme,
      @Nullable String authority,
      @Nullable String path,
      String... others) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    add(fields, ":method", method);
    add(fields, ":scheme", scheme);
    add(fields, ":authority", authority);
    add(fields, ":path", path);
    for (int i = 0; i < others.length; i += 2) {
      add(fields, others[i], others[i + 1]);
    }
    return fields;
  }

  private static void add(
      List<Map.Entry<String, String>> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.add(Map.entry(name, value));
    }
  }

  private static Case path(String name, Refusal refusal, String path) {
    return new Case(name, head("GET", "http", "a", path), null, refusal);
  }

  private static Case authority(String name, Refusal refusal, String authority) {
    return new Case(name, head("GET", "http", authority, "/"), null, refusal);
  }

  private static Case field(String name, Refusal refusal, String... fields) {
    return new Case(name, head("GET", "http", "a", "/", fields), null, refusal);
  }

  private static Case post(String name, Refusal refusal, String length, @Nullable String data) {
    return new Case(name, head("POST", "http", "a", "/", "content-length", length), data, refusal);
  }

  static Stream<Case> all() {
    return Stream.of(pseudo(), origins(), fields(), lengths()).flatMap(cases -> cases);
  }

  private static Stream<Case> pseudo() {
    return Stream.of(
        new Case("no :method, 8.3.1", head(null, "http", "a", "/"), null, Refusal.STREAM),
        new Case("no :scheme, 8.3.1", head("GET", null, "a", "/"), null, Refusal.STREAM),
        new Case("no :path, 8.3.1", head("GET", "http", "a", null), null, Refusal.STREAM),
        path("an empty :path, 8.3.1", Refusal.STREAM, ""),
        path("a :path without a slash, 8.3.1", Refusal.BAD_REQUEST, "x"),
        path("an absolute :path, 8.3.1", Refusal.BAD_REQUEST, "http://a/"),
        path("an asterisk with GET, 8.3.1", Refusal.BAD_REQUEST, "*"),
        path("a space in :path, 10.3", Refusal.BAD_REQUEST, "/ HTTP/1.1"),
        path("a tab in :path, 10.3", Refusal.BAD_REQUEST, "/\tx"),
        path("a fragment in :path, 8.3.1", Refusal.BAD_REQUEST, "/#x"),
        path("a backslash in :path, 8.3.1", Refusal.BAD_REQUEST, "/\\x"),
        path("an encoded NUL in :path, RFC 3986 7.3", Refusal.BAD_REQUEST, "/%00"),
        path("a percent sign alone in :path, RFC 3986 2.1", Refusal.BAD_REQUEST, "/%"),
        path("not ASCII in :path, RFC 3986 2", Refusal.BAD_REQUEST, "/\u00e4"),
        path("CR LF in :path, 10.3", Refusal.STREAM, "/ HTTP/1.1\r\nX: y"),
        path("a NUL in :path, 10.3", Refusal.STREAM, "/\0"),
        new Case(
            "a method with a space, 8.3.1",
            head("GET /", "http", "a", "/"),
            null,
            Refusal.CONNECTION),
        new Case(
            "CONNECT, 8.5", head("CONNECT", null, "a:443", null), null, Refusal.NOT_IMPLEMENTED),
        new Case(
            "CONNECT with a path, 8.5", head("CONNECT", "http", "a", "/"), null, Refusal.STREAM),
        new Case(
            "extended CONNECT, RFC 8441",
            head("CONNECT", "http", "a", "/", ":protocol", "websocket"),
            null,
            Refusal.STREAM),
        field(":protocol with GET, RFC 8441", Refusal.BAD_REQUEST, ":protocol", "websocket"),
        field(":status in a request, 8.3", Refusal.STREAM, ":status", "200"),
        field("an unknown pseudo-header, 8.3", Refusal.STREAM, ":x", "y"),
        field("two of :path, 8.3", Refusal.STREAM, ":path", "/x"),
        field("two of :method, 8.3", Refusal.STREAM, ":method", "POST"),
        field("a pseudo-header behind a field, 8.3", Refusal.STREAM, "x", "y", ":path", "/"));
  }

  private static Stream<Case> origins() {
    return Stream.of(
        new Case("another scheme, 8.3.1", head("GET", "ftp", "a", "/"), null, Refusal.BAD_REQUEST),
        new Case(
            "a scheme with more behind it, 10.3",
            head("GET", "http://a/x?", "a", "/"),
            null,
            Refusal.BAD_REQUEST),
        new Case("no authority, 8.3.1", head("GET", "http", null, "/"), null, Refusal.BAD_REQUEST),
        authority("an empty :authority, 8.3.1", Refusal.STREAM, ""),
        authority("a user in :authority, 8.3.1", Refusal.STREAM, "b@a"),
        authority("a path in :authority, 8.3.1", Refusal.STREAM, "a/b"),
        authority("a list in :authority, 8.3.1", Refusal.BAD_REQUEST, "a,b"),
        authority("a percent sign in :authority, 8.3.1", Refusal.BAD_REQUEST, "%61"),
        authority("a path in brackets, 8.3.1", Refusal.BAD_REQUEST, "[a/b]"),
        authority("a port of zero, 8.3.1", Refusal.BAD_REQUEST, "a:0"),
        authority("a port above 65535, 8.3.1", Refusal.STREAM, "a:65536"),
        field("Host that differs from :authority, 8.3.1", Refusal.STREAM, "host", "b"),
        field("two of Host, 8.3.1", Refusal.BAD_REQUEST, "host", "a", "host", "b"));
  }

  private static Stream<Case> fields() {
    return Stream.of(
        field("a name in upper case, 8.2.1", Refusal.STREAM, "X", "y"),
        field("a space in a name, 8.2.1", Refusal.STREAM, "x ", "y"),
        field("a colon in a name, 8.2.1", Refusal.STREAM, "x:", "y"),
        field("an empty name, 8.2.1", Refusal.STREAM, "", "y"),
        field("CR LF in a name, 8.2.1", Refusal.STREAM, "x\r\ny", "z"),
        field("CR LF in a value, 8.2.1", Refusal.STREAM, "x", "y\r\nz: 1"),
        field("a LF in a value, 8.2.1", Refusal.STREAM, "x", "y\nz"),
        field("a NUL in a value, 8.2.1", Refusal.STREAM, "x", "y\0"),
        field("a space before a value, 8.2.1", Refusal.STREAM, "x", " y"),
        field("Connection, 8.2.2", Refusal.STREAM, "connection", "close"),
        field("Keep-Alive, 8.2.2", Refusal.STREAM, "keep-alive", "1"),
        field("Proxy-Connection, 8.2.2", Refusal.STREAM, "proxy-connection", "close"),
        field("Upgrade, 8.2.2", Refusal.STREAM, "upgrade", "websocket"),
        field("Transfer-Encoding, 8.2.2", Refusal.STREAM, "transfer-encoding", "chunked"),
        field("TE with more than trailers, 8.2.2", Refusal.STREAM, "te", "gzip"),
        field("a name with an underscore", Refusal.BAD_REQUEST, "content_length", "5"),
        field("another name with an underscore", Refusal.BAD_REQUEST, "transfer_encoding", "x"));
  }

  private static Stream<Case> lengths() {
    return Stream.of(
        post("more data than its length, 8.1.1", Refusal.STREAM, "1", "ab"),
        post("less data than its length, 8.1.1", Refusal.STREAM, "3", "ab"),
        post("a length and no data, 8.1.1", Refusal.STREAM, "3", null),
        post("a length with a sign, 8.1.1", Refusal.STREAM, "+2", "ab"),
        post("a length in hex, 8.1.1", Refusal.STREAM, "0x2", "ab"),
        post("a list of different lengths, 8.1.1", Refusal.STREAM, "2, 3", "ab"));
  }
}
