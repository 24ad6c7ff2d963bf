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
 * Lets a request pass that carries a token, and one that only looks when it carries a read-only
 * token. Who has the token is known from then on.
 */
final class BearerToken implements Handler<RoutingContext> {

  /** What a token gives a right to. */
  private enum Right {
    NONE,
    LOOK,
    ALL
  }

  /**
   * What was sent.
   *
   * @param name of whoever has that token; empty when that is not known
   */
  private record Sent(Right right, String name) {

    private static final Sent NOTHING = new Sent(Right.NONE, "");
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
    Sent sent = sent(ctx.request().getHeader(HttpHeaders.AUTHORIZATION));
    Right right = sent.right();
    if (right == Right.ALL || (right == Right.LOOK && onlyLooks(ctx))) {
      Requests.sentBy(ctx, sent.name());
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

  private Sent sent(@Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Sent.NOTHING;
    }
    // A header's characters stand for bytes; the tokens in the files are UTF-8.
    byte[] given = header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.ISO_8859_1);
    // Both are compared, whatever the first says, so that the time tells nothing.
    Optional<Sent> all = full.find(given).map(name -> new Sent(Right.ALL, name));
    Optional<Sent> look =
        readonly.flatMap(tokens -> tokens.find(given)).map(name -> new Sent(Right.LOOK, name));
    return all.or(() -> look).orElse(Sent.NOTHING);
  }

  private static boolean onlyLooks(RoutingContext ctx) {
    HttpMethod method = ctx.request().method();
    return method.equals(HttpMethod.GET)
        || method.equals(HttpMethod.HEAD)
        || (method.equals(HttpMethod.POST) && ctx.normalizedPath().equals(PLAN));
  }
}
