package io.loble.sim.server;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;

/**
 * One answer to an HTTP request.
 *
 * @param type the media type of the body
 * @param lateMillis by how much it is late beyond what the settings say
 */
record HttpPage(HttpResponseStatus status, String type, HttpBody body, long lateMillis) {

  private static final String PLAIN = "text/plain; charset=utf-8";

  static HttpPage text(HttpResponseStatus status, String text) {
    return new HttpPage(status, PLAIN, HttpBody.of(Buffer.buffer(text)), 0);
  }

  static HttpPage ok(String type, HttpBody body) {
    return new HttpPage(HttpResponseStatus.OK, type, body, 0);
  }

  /** A status and its name as text. */
  static HttpPage of(HttpResponseStatus status) {
    return text(status, status + "\n");
  }

  HttpPage late(long millis) {
    return new HttpPage(status, type, body, millis);
  }
}
