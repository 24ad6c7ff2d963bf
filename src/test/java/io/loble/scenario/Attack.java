package io.loble.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * What a hostile client of the admin interface sends on each of its connections, reading nothing.
 */
enum Attack {
  /** Nothing at all. */
  SILENCE(1_500, ""),
  /** A head that does not end. */
  SLOW_HEAD(300, "GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "),
  /** Nearly all of a body of the size that is allowed. */
  ENDLESS_BODY(300, "POST /api/v1/config/plan", "Content-Length: 900000", 899_000),
  /** A chunk that does not end. */
  ENDLESS_CHUNK(
      300, "POST /api/v1/config/plan", "Transfer-Encoding: chunked", "f0000\r\n", 900_000),
  /** The largest page that is given without a token. */
  UNREAD_METRICS(300, "GET /metrics", "Accept: text/plain", 0),
  /** The largest answer of the JSON interface. */
  UNREAD_STATUS(300, "GET /api/v1/status", "Accept: */*", 0),
  /** A stream of events. */
  UNREAD_EVENTS(300, "GET /api/v1/events", "Last-Event-ID: 0", 0),
  /** Many requests at once. */
  PIPELINE(60, request("GET /api/v1/status", "Accept: */*").repeat(200)),
  /** A head of a megabyte. */
  HUGE_HEAD(200, "GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + text(1_000_000)),
  /** A recording each. */
  RECORDINGS(100, "POST /api/v1/profile?seconds=1", "Content-Length: 0", 0),
  /** No HTTP at all. */
  NOISE(300, text(300_000));

  private final int connections;
  private final String text;

  Attack(int connections, String text) {
    this.connections = connections;
    this.text = text;
  }

  Attack(int connections, String request, String header, int body) {
    this(connections, request, header, "", body);
  }

  Attack(int connections, String request, String header, String before, int body) {
    this(connections, request(request, header) + before + text(body));
  }

  int connections() {
    return connections;
  }

  byte[] bytes() {
    return text.getBytes(US_ASCII);
  }

  private static String request(String line, String header) {
    return line + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + header + "\r\n\r\n";
  }

  private static String text(int length) {
    byte[] text = new byte[length];
    Arrays.fill(text, (byte) 'x');
    return new String(text, US_ASCII);
  }
}
