package io.loble.admin;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request pass that carries the token, and one that only looks when it carries the read-only
 * token.
 */
final class BearerToken implements Handler<RoutingContext> {

  /** What a token gives a right to. */
  private enum Right {
    NONE,
    LOOK,
    ALL
  }

  private static final String SCHEME = "Bearer ";

  /** Changes nothing, though what it compares with has to be sent. */
  private static final String PLAN = "/api/v1/config/plan";

  private final TokenFile full;
  private final Optional<TokenFile> readonly;

  BearerToken(TokenFile full, Optional<TokenFile> readonly) {
    this.full = full;
    this.readonly = readonly;
  }

  @Override
  public void handle(RoutingContext ctx) {
    Right right = right(ctx.request().getHeader(HttpHeaders.AUTHORIZATION));
    if (right == Right.ALL || (right == Right.LOOK && onlyLooks(ctx))) {
      ctx.next();
    } else if (right == Right.LOOK) {
      ctx.fail(
          new HttpException(
              403,
              "the token of admin.readonly_token_file allows GET, HEAD and POST "
                  + PLAN
                  + "; send that of admin.token_file"));
    } else {
      ctx.response().putHeader("WWW-Authenticate", "Bearer realm=\"loble\"");
      ctx.fail(
          new HttpException(
              401, "send the token of admin.token_file: Authorization: Bearer TOKEN"));
    }
  }

  private Right right(@Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Right.NONE;
    }
    // A header's characters stand for bytes; the token in the file is UTF-8.
    byte[] given = header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.ISO_8859_1);
    // Both are compared, whatever the first says, so that the time tells nothing.
    boolean all = full.matches(given);
    boolean look = readonly.map(token -> token.matches(given)).orElse(false);
    if (all) {
      return Right.ALL;
    }
    return look ? Right.LOOK : Right.NONE;
  }

  private static boolean onlyLooks(RoutingContext ctx) {
    HttpMethod method = ctx.request().method();
    return method.equals(HttpMethod.GET)
        || method.equals(HttpMethod.HEAD)
        || (method.equals(HttpMethod.POST) && ctx.normalizedPath().equals(PLAN));
  }
}
