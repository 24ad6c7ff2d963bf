package io.loble.sim.server;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Reads the body of a request as it is, whatever its content type says: curl calls everything a
 * form, and vertx-web would take it apart as one.
 */
final class SmallBody implements Handler<RoutingContext> {

  private static final String KEY = "small-body";

  private final int max;

  /** Goes on with bodies of up to that many bytes, and fails with 413 for larger ones. */
  SmallBody(int max) {
    this.max = max;
  }

  /** What was read. */
  static Buffer of(RoutingContext context) {
    return context.get(KEY, Buffer.buffer());
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    Buffer body = Buffer.buffer();
    context.put(KEY, body);
    request.handler(
        chunk -> {
          // What is beyond is read to its end all the same, so that the answer is not reset.
          if (body.length() <= max) {
            body.appendBuffer(chunk);
          }
        });
    request.endHandler(
        end -> {
          if (body.length() > max) {
            context.fail(413);
          } else {
            context.next();
          }
        });
  }
}
