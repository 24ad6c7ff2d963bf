package io.loble.admin;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers with one file of the dashboard, which is in the jar. It is read when it is first asked
 * for, so that a start does not wait for it. To be used from one context.
 */
final class PageFile implements Handler<RoutingContext> {

  private static final String DIRECTORY = "/io/loble/dashboard/";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final Vertx vertx;
  private final String name;
  private @Nullable Content content;

  private record Content(Buffer bytes, String tag) {}

  /**
   * @param name its path below the dashboard's directory
   */
  PageFile(Vertx vertx, String name) {
    this.vertx = vertx;
    this.name = name;
  }

  @Override
  public void handle(RoutingContext ctx) {
    content().onSuccess(found -> answer(ctx, found)).onFailure(ctx::fail);
  }

  private void answer(RoutingContext ctx, Content found) {
    PageHeaders.put(ctx.response())
        // Kept, but asked about each time: with the next release it may be another.
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
        .putHeader(HttpHeaders.ETAG, found.tag());
    if (found.tag().equals(ctx.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      ctx.response().setStatusCode(304).end();
      return;
    }
    ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, type());
    if (ctx.request().method().name().equals("HEAD")) {
      int length = found.bytes().length();
      ctx.response().putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(length)).end();
    } else {
      ctx.response().end(found.bytes());
    }
  }

  private String type() {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return TYPES.getOrDefault(ending, "text/plain; charset=utf-8");
  }

  private Future<Content> content() {
    return content == null
        ? vertx.executeBlocking(this::read, false).onSuccess(read -> content = read)
        : Future.succeededFuture(content);
  }

  private Content read() throws IOException {
    try (InputStream in = PageFile.class.getResourceAsStream(DIRECTORY + name)) {
      if (in == null) {
        throw new FileNotFoundException(DIRECTORY + name);
      }
      byte[] bytes = in.readAllBytes();
      return new Content(Buffer.buffer(bytes), '"' + digest(bytes) + '"');
    }
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }
}
