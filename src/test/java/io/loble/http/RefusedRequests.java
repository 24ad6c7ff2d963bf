package io.loble.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.stream.Stream;

/**
 * Requests of HTTP/1 that must be refused, each of them all that a client sends. Sections without
 * another number are of RFC 9112.
 */
final class RefusedRequests {

  /** Of request line and fields, for the listener that is tested. */
  static final int MAX_HEAD = 4096;

  private RefusedRequests() {}

  /**
   * A request.
   *
   * @param name what is wrong, and the section that says so
   * @param text a character for each byte
   * @param status of the answer, if the head is refused or no answer has begun
   */
  record Case(String name, String text, int status) {

    private Case with(int other) {
      return new Case(name, text, other);
    }

    byte[] bytes() {
      return text.getBytes(ISO_8859_1);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> all() {
    return Stream.of(lines(), targets(), hosts(), fields(), framing(), chunks(), sizes())
        .flatMap(List::stream);
  }

  private static Case of(String name, int status, String text) {
    return new Case(name, text, status);
  }

  /** A request line alone is wrong. */
  private static Case line(String name, int status, String line) {
    return of(name, status, line + "\r\nHost: a\r\n\r\n");
  }

  /** Fields after Host. */
  private static Case field(String name, int status, String fields) {
    return of(name, status, "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n");
  }

  private static Case post(String name, int status, String fields, String body) {
    return of(name, status, "POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n" + body);
  }

  private static Case chunked(String name, String body) {
    return post(name, 400, "Transfer-Encoding: chunked", body);
  }

  private static List<Case> lines() {
    return List.of(
        line("a space before the method, 3", 400, " GET / HTTP/1.1"),
        line("a tab before the method, 3", 400, "\tGET / HTTP/1.1"),
        line("a NUL before the method, 3", 400, "\0GET / HTTP/1.1"),
        line("two empty lines before the request line, 2.2", 400, "\r\n\r\nGET / HTTP/1.1"),
        line("an empty line with a LF alone, 2.2", 400, "\nGET / HTTP/1.1"),
        line("a CR alone before the request line, 2.2", 400, "\rGET / HTTP/1.1"),
        line("CR CR LF before the request line, 2.2", 400, "\r\r\nGET / HTTP/1.1"),
        line("two spaces after the method, 3", 400, "GET  / HTTP/1.1"),
        line("two spaces before the version, 3", 400, "GET /  HTTP/1.1"),
        line("a tab after the method, 3", 400, "GET\t/ HTTP/1.1"),
        line("a vertical tab before the version, 3", 400, "GET /\u000bHTTP/1.1"),
        line("a form feed after the method, 3", 400, "GET\f/ HTTP/1.1"),
        line("a CR between the words, 2.2", 400, "GET\r/ HTTP/1.1"),
        line("a space behind the version, 3", 400, "GET / HTTP/1.1 "),
        line("a tab behind the version, 3", 400, "GET / HTTP/1.1\t"),
        line("a CR more at the end of the request line, 2.2", 400, "GET / HTTP/1.1\r"),
        line("four words, 3", 400, "GET / x HTTP/1.1"),
        line("a word behind the version, 3", 400, "GET / HTTP/1.1 x"),
        line("only a method, 3", 400, "GET"),
        line("HTTP/0.9, 3", 400, "GET /"),
        line("no method, 3", 400, "/ HTTP/1.1"),
        line("a method with a colon, RFC 9110 9.1", 400, "GE:T / HTTP/1.1"),
        line("a method with a control, RFC 9110 9.1", 400, "GE\u0001T / HTTP/1.1"),
        line("a method that is not ASCII, RFC 9110 9.1", 400, "G\u00c9T / HTTP/1.1"),
        line("CONNECT, RFC 9110 9.3.6", 501, "CONNECT a:443 HTTP/1.1"),
        line("CONNECT with a path, RFC 9110 9.3.6", 501, "CONNECT / HTTP/1.1"),
        line("HTTP/2.0 as text, 2.3", 505, "GET / HTTP/2.0"),
        line("HTTP/1.2, 2.3", 505, "GET / HTTP/1.2"),
        line("HTTP/0.9 as text, 2.3", 505, "GET / HTTP/0.9"),
        line("a version in lower case, 2.3", 400, "GET / http/1.1"),
        line("a version with three digits, 2.3", 400, "GET / HTTP/1.10"),
        line("a version with a comma, 2.3", 400, "GET / HTTP/1,1"),
        line("another protocol, 2.3", 400, "GET / ICAP/1.0"),
        of("a LF alone behind the request line, 2.2", 400, "GET / HTTP/1.1\nHost: a\r\n\r\n"),
        of("a LF alone behind a field, 2.2", 400, "GET / HTTP/1.1\r\nHost: a\n\r\n"),
        of("a LF alone at the end of the head, 2.2", 400, "GET / HTTP/1.1\r\nHost: a\r\n\n"),
        of(
            "the preface of HTTP/2 in clear text, RFC 9113 3.4",
            505,
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
  }

  private static List<Case> targets() {
    return List.of(
        line("no slash at the beginning, 3.2", 400, "GET index.html HTTP/1.1"),
        line("an asterisk with GET, 3.2.4", 400, "GET * HTTP/1.1"),
        line("two asterisks, 3.2.4", 400, "OPTIONS ** HTTP/1.1"),
        line("an authority alone, 3.2.3", 400, "GET a:80 HTTP/1.1"),
        line("a fragment, 3.2", 400, "GET /#x HTTP/1.1"),
        line("a fragment in the query, 3.2", 400, "GET /?x#y HTTP/1.1"),
        line("a fragment instead of a path, 3.2.2", 400, "GET http://a#/ HTTP/1.1"),
        line("a backslash in the path, RFC 3986 3.3", 400, "GET /x\\..\\y HTTP/1.1"),
        line("a NUL in the path, 3.2", 400, "GET /\0 HTTP/1.1"),
        line("a control in the path, 3.2", 400, "GET /\u0001 HTTP/1.1"),
        line("a DEL in the path, 3.2", 400, "GET /\u007f HTTP/1.1"),
        line("a tab in the query, 3.2", 400, "GET /?a\tb HTTP/1.1"),
        line("a CR in the path, 3.2", 400, "GET /a\rb HTTP/1.1"),
        line("not ASCII in the path, 3.2", 400, "GET /\u00e9 HTTP/1.1"),
        line("not ASCII in the query, 3.2", 400, "GET /?\u00e9 HTTP/1.1"),
        line("an encoded NUL, RFC 3986 7.3", 400, "GET /x%00.png HTTP/1.1"),
        line("a percent sign without digits, RFC 3986 2.1", 400, "GET /100%/x HTTP/1.1"),
        line("a percent sign with one digit, RFC 3986 2.1", 400, "GET /%4 HTTP/1.1"),
        line("a percent sign at the end, RFC 3986 2.1", 400, "GET /% HTTP/1.1"),
        line("another scheme, 3.2.2", 400, "GET ftp://a/ HTTP/1.1"),
        line("no authority, 3.2.2", 400, "GET http:///x HTTP/1.1"),
        line("a user in the target, RFC 9110 4.2.4", 400, "GET http://b@a/ HTTP/1.1"),
        line("a backslash in the authority, 3.2.2", 400, "GET http://a\\b/ HTTP/1.1"),
        line("another host in the target, 3.2.2", 400, "GET http://b/ HTTP/1.1"),
        line("another port in the target, 3.2.2", 400, "GET http://a:81/ HTTP/1.1"),
        of(
            "two hosts, one of them that of the target, 3.2",
            400,
            "GET http://a/ HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"));
  }

  private static Case host(String name, String host) {
    return of(name, 400, "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
  }

  private static List<Case> hosts() {
    return List.of(
        of("no Host, 3.2", 400, "GET / HTTP/1.1\r\nAccept: */*\r\n\r\n"),
        of("no field at all, 3.2", 400, "GET / HTTP/1.1\r\n\r\n"),
        field("two of Host, 3.2", 400, "Host: b"),
        field("the same Host twice, 3.2", 400, "host: a"),
        of("two of Host in HTTP/1.0, 3.2", 400, "GET / HTTP/1.0\r\nHost: a\r\nHOST: b\r\n\r\n"),
        host("an empty Host, RFC 9110 4.2.1", ""),
        host("a user in Host, RFC 9110 7.2", "b@a"),
        host("a user with a password in Host, RFC 9110 7.2", "b:c@a"),
        host("a space in Host, RFC 9110 7.2", "a b"),
        host("a list in Host, RFC 9110 7.2", "a, b"),
        host("a path in Host, RFC 9110 7.2", "a/b"),
        host("a query in Host, RFC 9110 7.2", "a?b"),
        host("a backslash in Host, RFC 9110 7.2", "a\\b"),
        host("a percent sign in Host, RFC 9110 7.2", "%61"),
        host("not ASCII in Host, RFC 9110 7.2", "\u00e4"),
        host("a control in Host, RFC 9110 7.2", "a\u0001"),
        host("a scheme in Host, RFC 9110 7.2", "http://a"),
        host("a port that is no number, RFC 9110 7.2", "a:http"),
        host("a port above 65535, RFC 9110 7.2", "a:65536"),
        host("a port with a sign, RFC 9110 7.2", "a:+80"),
        host("a port of many digits, RFC 9110 7.2", "a:000000080"),
        host("an empty port, RFC 9110 4.2.3", "a:"),
        host("two ports, RFC 9110 7.2", "a:80:80"),
        host("an IPv6 address without brackets, RFC 3986 3.2.2", "::1"),
        host("a bracket that does not close, RFC 3986 3.2.2", "[::1"),
        host("a name in brackets, RFC 3986 3.2.2", "[a]"),
        host("a name behind brackets, RFC 3986 3.2.2", "[::1]a"),
        host("a zone, RFC 9110 7.2", "[fe80::1%25eth0]"));
  }

  private static List<Case> fields() {
    return List.of(
        of("a folded line, 5.2", 400, "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n"),
        of(
            "a line folded with a tab, 5.2",
            400,
            "GET / HTTP/1.1\r\nX: a\r\n\tb\r\nHost: a\r\n\r\n"),
        of("a folded Host, 5.2", 400, "GET / HTTP/1.1\r\nHost:\r\n a\r\n\r\n"),
        of("a folded line of spaces, 5.2", 400, "GET / HTTP/1.1\r\nHost: a\r\n \r\n\r\n"),
        of("a space before the first field, 2.2", 400, "GET / HTTP/1.1\r\n Host: a\r\n\r\n"),
        of(
            "a space before the first field and another Host, 2.2",
            400,
            "GET / HTTP/1.1\r\n X: b\r\nHost: a\r\n\r\n"),
        field("a space before the colon, 5.1", 400, "X : a"),
        field("a tab before the colon, 5.1", 400, "X\t: a"),
        field("a space in a name, 5.1", 400, "X Y: a"),
        field("no name, 5", 400, ": a"),
        field("no colon, 5", 400, "X"),
        field("a NUL in a name, RFC 9110 5.1", 400, "X\0: a"),
        field("a CR in a name, 2.2", 400, "X\r: a"),
        field("not ASCII in a name, RFC 9110 5.1", 400, "\u00e4: a"),
        field("a bracket in a name, RFC 9110 5.1", 400, "X(y): a"),
        field("a NUL in a value, RFC 9110 5.5", 400, "X: a\0b"),
        field("a CR in a value, 2.2", 400, "X: a\rb"),
        field("a CR and a field behind it, 2.2", 400, "X: a\rContent-Length: 5"),
        field("a CR at the end of a value, 2.2", 400, "X: a\r"),
        field("a control in a value, RFC 9110 5.5", 400, "X: a\u0001b"),
        field("a vertical tab before a value, RFC 9110 5.5", 400, "X:\u000ba"),
        field("a form feed behind a value, RFC 9110 5.5", 400, "X: a\f"),
        field("a DEL in a value, RFC 9110 5.5", 400, "X: a\u007f"),
        field(
            "Connection names a field that ends, RFC 9110 7.6.1",
            400,
            "Connection: Content-Length"),
        field(
            "Connection names a field that ends, in a list, RFC 9110 7.6.1",
            400,
            "Connection: keep-alive ,\ttransfer-encoding , x"),
        field("Connection names Host, RFC 9110 7.6.1", 400, "Connection: close, Host"),
        field(
            "a second Connection names Host, RFC 9110 7.6.1",
            400,
            "Connection: close\r\nConnection: host"),
        of(
            "a body that no field announces, hixie-76",
            400,
            "GET / HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\n\r\n"
                + "12345678"));
  }

  private static List<Case> framing() {
    return List.of(
        post("two lengths, 6.3", 400, "Content-Length: 5\r\nContent-Length: 6", "12345"),
        post("the same length twice, 6.3", 400, "Content-Length: 5\r\ncontent-length: 5", "12345"),
        post("a list of lengths, 6.3", 400, "Content-Length: 5, 5", "12345"),
        post("a list of different lengths, 6.3", 400, "Content-Length: 5,6", "12345"),
        post("a length and a comma, 6.3", 400, "Content-Length: 5,", "12345"),
        post("a length with a sign, RFC 9110 8.6", 400, "Content-Length: +5", "12345"),
        post("a negative length, RFC 9110 8.6", 400, "Content-Length: -5", "12345"),
        post("minus nothing, RFC 9110 8.6", 400, "Content-Length: -0", ""),
        post("a length in hex, RFC 9110 8.6", 400, "Content-Length: 0x5", "12345"),
        post("a length with a letter, RFC 9110 8.6", 400, "Content-Length: 5a", "12345"),
        post("a length with a space, RFC 9110 8.6", 400, "Content-Length: 1 0", "12345"),
        post("a length with a fraction, RFC 9110 8.6", 400, "Content-Length: 5.0", "12345"),
        post("a length with an underscore, RFC 9110 8.6", 400, "Content-Length: 1_0", "12345"),
        post("an empty length, RFC 9110 8.6", 400, "Content-Length:", ""),
        post("a length in quotes, RFC 9110 8.6", 400, "Content-Length: \"5\"", "12345"),
        post("digits that are not ASCII, RFC 9110 8.6", 400, "Content-Length: \u00b2", "12"),
        post("a length of 2^63, RFC 9110 8.6", 400, "Content-Length: 9223372036854775808", "1"),
        post(
            "a length of 2^64 + 5, RFC 9110 8.6", 400, "Content-Length: 18446744073709551621", "1"),
        of(
            "two lengths in HTTP/1.0, 6.3",
            400,
            "POST / HTTP/1.0\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n12345"),
        of(
            "a list of lengths in HTTP/1.0, 6.3",
            400,
            "POST / HTTP/1.0\r\nContent-Length: 5, 5\r\n\r\n12345"),
        post("a name with an underscore", 400, "Content_Length: 5", ""),
        post("another name with an underscore", 400, "Transfer_Encoding: chunked", ""),
        post(
            "a length and chunks, 6.3",
            400,
            "Content-Length: 5\r\nTransfer-Encoding: chunked",
            "0\r\n\r\n"),
        post(
            "chunks and a length, 6.3",
            400,
            "Transfer-Encoding: chunked\r\nContent-Length: 5",
            "0\r\n\r\n"),
        post(
            "chunks and no length, 6.3",
            400,
            "Transfer-Encoding: chunked\r\nContent-Length: 0",
            "0\r\n\r\n"),
        of(
            "chunks in HTTP/1.0, 6.1",
            400,
            "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        post("chunked, identity, 6.1", 400, "Transfer-Encoding: chunked, identity", "0\r\n\r\n"),
        post("identity, 6.1", 400, "Transfer-Encoding: identity", ""),
        post("gzip alone, 6.3", 400, "Transfer-Encoding: gzip", ""),
        post("gzip, chunked, 6.1", 501, "Transfer-Encoding: gzip, chunked", "0\r\n\r\n"),
        post("chunked twice, 6.1", 400, "Transfer-Encoding: chunked, chunked", "0\r\n\r\n"),
        post(
            "two of Transfer-Encoding, 6.1",
            400,
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            "0\r\n\r\n"),
        post(
            "two different of Transfer-Encoding, 6.1",
            400,
            "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
            "0\r\n\r\n"),
        post("xchunked, 6.1", 400, "Transfer-Encoding: xchunked", "0\r\n\r\n"),
        post("chunkedx, 6.1", 400, "Transfer-Encoding: chunkedx", "0\r\n\r\n"),
        post("chunked in quotes, 6.1", 400, "Transfer-Encoding: \"chunked\"", "0\r\n\r\n"),
        post("chunked with a parameter, 7", 400, "Transfer-Encoding: chunked;x=y", "0\r\n\r\n"),
        post("chunked and a comma, 6.1", 400, "Transfer-Encoding: chunked,", "0\r\n\r\n"),
        post("a comma and chunked, 6.1", 400, "Transfer-Encoding: ,chunked", "0\r\n\r\n"),
        post(
            "a vertical tab before chunked, 5.1",
            400,
            "Transfer-Encoding:\u000bchunked",
            "0\r\n\r\n"),
        post("a control behind chunked, 5.5", 400, "Transfer-Encoding: chunked\u0001", "0\r\n\r\n"),
        post("a space before the colon, 5.1", 400, "Transfer-Encoding : chunked", "0\r\n\r\n"),
        post("a folded coding, 5.2", 400, "Transfer-Encoding:\r\n chunked", "0\r\n\r\n"),
        post("an empty coding, 6.1", 400, "Transfer-Encoding:", ""));
  }

  private static List<Case> chunks() {
    return List.of(
        chunked("no size, 7.1", "\r\n12345\r\n0\r\n\r\n"),
        chunked("a size with a sign, 7.1", "+5\r\n12345\r\n0\r\n\r\n"),
        chunked("a negative size, 7.1", "-5\r\n12345\r\n0\r\n\r\n"),
        chunked("a size with 0x, 7.1", "0x5\r\n12345\r\n0\r\n\r\n"),
        chunked("a size that is none, 7.1", "g\r\n12345\r\n0\r\n\r\n"),
        chunked("a space before a size, 7.1", " 5\r\n12345\r\n0\r\n\r\n"),
        chunked("a space behind a size, 7.1", "5 \r\n12345\r\n0\r\n\r\n"),
        chunked("a word behind a size, 7.1", "5 x\r\n12345\r\n0\r\n\r\n"),
        chunked("a size of 2^31, 7.1", "80000000\r\n1\r\n"),
        chunked("a size of 2^32 + 5, 7.1", "100000005\r\n12345\r\n0\r\n\r\n"),
        chunked("a size of 2^64 + 5, 7.1", "10000000000000005\r\n12345\r\n0\r\n\r\n"),
        chunked("an underscore in a size, 7.1", "0_5\r\n12345\r\n0\r\n\r\n"),
        chunked("a LF alone behind a size, 7.1", "5\n12345\r\n0\r\n\r\n"),
        chunked("a CR alone behind a size, 7.1", "5\r12345\r\n0\r\n\r\n"),
        chunked("a LF alone behind an extension, 7.1.1", "5;x\n12345\r\n0\r\n\r\n"),
        chunked("a CR in an extension, 7.1.1", "5;x\ry\r\n12345\r\n0\r\n\r\n"),
        chunked("a LF in a quoted extension, 7.1.1", "5;x=\"\n\"\r\n12345\r\n0\r\n\r\n"),
        chunked("a CR LF in a quoted extension, 7.1.1", "5;x=\"\r\n\"\r\n12345\r\n0\r\n\r\n"),
        chunked("an extension in quotes that do not close, 7.1.1", "5;x=\"y\r\n12345\r\n0\r\n\r\n"),
        chunked("a NUL in an extension, 7.1.1", "5;x\0\r\n12345\r\n0\r\n\r\n"),
        chunked("data longer than its size, 7.1", "5\r\n123456\r\n0\r\n\r\n"),
        chunked("data shorter than its size, 7.1", "5\r\n1234\r\n0\r\n\r\n"),
        chunked("a LF alone behind data, 7.1", "5\r\n12345\n0\r\n\r\n"),
        chunked("CR CR LF behind data, 7.1", "5\r\n12345\r\r\n0\r\n\r\n"),
        chunked("a LF alone behind the last chunk, 7.1", "0\n\r\n"),
        chunked("a LF alone at the end, 7.1", "0\r\n\n"),
        chunked("a length as a trailer, RFC 9110 6.5.1", "0\r\nContent-Length: 5\r\n\r\n"),
        chunked("a coding as a trailer, RFC 9110 6.5.1", "0\r\nTransfer-Encoding: chunked\r\n\r\n"),
        chunked("Host as a trailer, RFC 9110 6.5.1", "0\r\nHost: b\r\n\r\n"),
        chunked("a trailer without a colon, 7.1.2", "0\r\nGET / HTTP/1.1\r\n\r\n"),
        chunked("a trailer without a name, 7.1.2", "0\r\n: x\r\n\r\n"),
        chunked("a space before the colon of a trailer, 7.1.2", "0\r\nX : y\r\n\r\n"),
        chunked("a space before the first trailer, 7.1.2", "0\r\n X: y\r\n\r\n"),
        chunked("a folded trailer, 5.2", "0\r\nX: y\r\n z\r\n\r\n"),
        chunked("a NUL in a trailer, 7.1.2", "0\r\nX: \0\r\n\r\n"),
        chunked("a CR in a trailer, 7.1.2", "0\r\nX: a\rb\r\n\r\n"));
  }

  private static List<Case> sizes() {
    String most = "a".repeat(MAX_HEAD);
    String half = "a".repeat(MAX_HEAD * 2 / 3);
    return List.of(
        line("a request line too long, 3", 414, "GET /" + most + " HTTP/1.1"),
        line("a method too long, 3", 414, most + " / HTTP/1.1"),
        field("a field too long, RFC 6585 5", 431, "X: " + most),
        field("fields too long together, RFC 6585 5", 431, "X: " + half + "\r\nY: " + half),
        of(
            "request line and fields too long together, RFC 6585 5",
            431,
            "GET /" + half + " HTTP/1.1\r\nHost: a\r\nX: " + half + "\r\n\r\n"),
        field("too many fields, RFC 6585 5", 431, "X: y\r\n".repeat(HeadFields.MOST) + "X: y"),
        chunked("a chunk extension too long, 7.1.1", "5;x=" + most + "\r\n12345\r\n0\r\n\r\n")
            .with(414),
        chunked("trailers too long, 7.1.2", "0\r\nX: " + most + "\r\n\r\n").with(431),
        chunked("too many trailers, 7.1.2", "0\r\n" + "X: y\r\n".repeat(HeadFields.MOST) + "\r\n")
            .with(431));
  }
}
