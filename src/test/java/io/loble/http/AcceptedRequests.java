package io.loble.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.stream.Stream;

/** Requests of HTTP/1 that are well-formed, though few clients write them like this. */
final class AcceptedRequests {

  private AcceptedRequests() {}

  /**
   * A request.
   *
   * @param name what is unusual
   * @param text a character for each byte
   * @param target the target that is left of it, in origin-form
   * @param body what it has as a body
   */
  record Case(String name, String text, String target, String body) {

    byte[] bytes() {
      return text.getBytes(ISO_8859_1);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Case of(String name, String text, String target, String body) {
    return new Case(name, text, target, body);
  }

  private static Case line(String name, String line, String target) {
    return of(name, line + "\r\nHost: a\r\n\r\n", target, "");
  }

  private static Case field(String name, String fields) {
    return of(name, "GET / HTTP/1.1\r\n" + fields + "\r\n\r\n", "/", "");
  }

  private static Case post(String name, String fields, String body, String left) {
    return of(name, "POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n" + body, "/", left);
  }

  private static Case chunked(String name, String body, String left) {
    return post(name, "Transfer-Encoding: chunked", body, left);
  }

  static Stream<Case> all() {
    return Stream.of(lines(), targets(), fields(), bodies()).flatMap(all -> all);
  }

  private static Stream<Case> lines() {
    return Stream.of(
        line("an empty line before the request line", "\r\nGET / HTTP/1.1", "/"),
        line("a method that nobody knows", "M-SEARCH!#$%&'*+.^_`|~ / HTTP/1.1", "/"),
        line("a method in lower case", "get / HTTP/1.1", "/"),
        of("HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n", "/", ""),
        of("HTTP/1.0 with a body", "POST / HTTP/1.0\r\nContent-Length: 2\r\n\r\nab", "/", "ab"));
  }

  private static Stream<Case> targets() {
    return Stream.of(
        line("OPTIONS for the whole server", "OPTIONS * HTTP/1.1", "*"),
        line("two slashes", "GET //b/c HTTP/1.1", "//b/c"),
        line("dots", "GET /x/../y/./%2e%2E/z HTTP/1.1", "/x/../y/./%2e%2E/z"),
        line("a query without a name", "GET /?? HTTP/1.1", "/??"),
        line("a URI in the query", "GET /?to=http://b/c HTTP/1.1", "/?to=http://b/c"),
        line("a URI as a path", "GET /http://b/c HTTP/1.1", "/http://b/c"),
        line(
            "what browsers leave",
            "GET /a|b[c]{d}^`\"<>?|[]{}\\^% HTTP/1.1",
            "/a|b[c]{d}^`\"<>?|[]{}\\^%"),
        line(
            "what RFC 3986 allows",
            "GET /-._~!$&'()*+,;=:@%20?/ HTTP/1.1",
            "/-._~!$&'()*+,;=:@%20?/"),
        line("absolute-form", "GET http://a/b?c HTTP/1.1", "/b?c"),
        line("absolute-form in upper case", "GET HTTPS://A/b HTTP/1.1", "/b"),
        line("absolute-form without a path", "GET http://a HTTP/1.1", "/"),
        line("absolute-form without a path, but a query", "GET http://a?b=/c HTTP/1.1", "/?b=/c"),
        line("absolute-form with OPTIONS for the server", "OPTIONS http://a HTTP/1.1", "*"),
        line("absolute-form with OPTIONS for a path", "OPTIONS http://a/ HTTP/1.1", "/"),
        of("absolute-form of HTTP/1.0 without Host", "GET http://a/b HTTP/1.0\r\n\r\n", "/b", ""),
        of(
            "absolute-form with an address and a port",
            "GET http://[::1]:80/ HTTP/1.1\r\nHost: [::1]:80\r\n\r\n",
            "/",
            ""));
  }

  private static Stream<Case> fields() {
    return Stream.of(
        field("Host in upper case", "HOST: A.EXAMPLE"),
        field("Host with an underscore and a dot at its end", "Host: a_b.example."),
        field("Host with the highest port", "Host: a:65535"),
        field("Host with an IPv4 address", "Host: 127.0.0.1:8080"),
        field("Host with an IPv6 address", "Host: [2001:db8::1]"),
        field("no space behind the colon", "Host:a"),
        field("tabs and spaces around a value", "Host:\t a \t"),
        field("an empty value", "Host: a\r\nX:\r\nY: \t"),
        field("a colon in a value", "Host: a\r\nX: :b: c"),
        field("a value that is not ASCII", "Host: a\r\nX: \u00e4"),
        field("a name of one character", "Host: a\r\n~: b"),
        field("the same field twice", "Host: a\r\nCookie: a=b\r\nCookie: c=d"),
        field(
            "Connection with much in it",
            "Host: a\r\nConnection: x,, hosts ,close-host , keep-alive"),
        field(
            "an upgrade that nobody here knows",
            "Host: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAA"),
        field("as many fields as may be", "Host: a" + "\r\nX: y".repeat(HeadFields.MOST - 1)));
  }

  private static Stream<Case> bodies() {
    return Stream.of(
        post("a length of zero", "Content-Length: 0", "", ""),
        post("a length with zeros before it", "Content-Length: 0005", "12345", "12345"),
        of(
            "a body with GET",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n\r\n",
            "/",
            "\r\n"),
        post("chunked in upper case", "Transfer-Encoding: CHUNKED", "0\r\n\r\n", ""),
        post("chunked and a tab", "Transfer-Encoding:chunked\t", "0\r\n\r\n", ""),
        chunked("zeros before a size", "0002\r\nab\r\n000\r\n\r\n", "ab"),
        chunked(
            "sizes in upper and lower case",
            "A\r\n1234567890\r\na\r\n1234567890\r\n0\r\n\r\n",
            "12345678901234567890"),
        chunked("extensions", "2;x\r\nab\r\n1 ; y=\"z;\\\"\";z=1\r\nc\r\n0;end\r\n\r\n", "abc"),
        chunked(
            "a request as data",
            "12\r\nGET / HTTP/1.1\r\n\r\n\r\n0\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n"),
        chunked("trailers", "1\r\na\r\n0\r\nX: y\r\nDigest: z\r\n\r\n", "a"));
  }
}
