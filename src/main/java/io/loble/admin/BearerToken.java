package io.loble.admin;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Lets a request pass that carries a token, and one that only looks when it carries a read-only
 * token. Who has the token is known from then on.
 */
final class BearerToken implements Handler<RoutingContext> {

  /**
   * What was sent.
   *
   * @param name the name of the token's holder; empty when it is unknown
   */
  private record Sent(Right right, String name) {

    private static final Sent NOTHING = new Sent(Right.NONE, "");
  }

  private static final String SCHEME = "Bearer ";

  /** What a browser can send of itself, for the one page that needs nothing else of it. */
  private static final String BASIC = "Basic ";

  private static final String BEARER = "Bearer realm=\"loble\"";

  /** Matches no token: none is empty. */
  private static final byte[] NO_TOKEN = {};

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
    Sent sent = sent(token(ctx));
    Right right = sent.right();
    right.tell(ctx);
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
      String scheme = isPage(ctx) ? "Basic realm=\"loble: the token as password\"" : BEARER;
      ctx.response().putHeader("WWW-Authenticate", scheme);
      ctx.fail(
          new HttpException(
              401, "send the token of admin.token_file: Authorization: Bearer TOKEN"));
    }
  }

  /** The token that a request carries; empty when it carries none. */
  private static byte[] token(RoutingContext ctx) {
    String header = ctx.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null) {
      return NO_TOKEN;
    }
    if (has(header, SCHEME)) {
      // A header's characters stand for bytes; the token in the file is UTF-8.
      return header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.ISO_8859_1);
    }
    return isPage(ctx) && has(header, BASIC)
        ? password(header.substring(BASIC.length()).strip())
        : NO_TOKEN;
  }

  private static boolean has(String header, String scheme) {
    return header.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  /** What stands behind the user's name, which says nothing here. */
  private static byte[] password(String credentials) {
    try {
      byte[] pair = Base64.getDecoder().decode(credentials);
      int colon = new String(pair, StandardCharsets.ISO_8859_1).indexOf(':');
      return colon < 0 ? NO_TOKEN : Arrays.copyOfRange(pair, colon + 1, pair.length);
    } catch (IllegalArgumentException e) {
      return NO_TOKEN;
    }
  }

  private static boolean isPage(RoutingContext ctx) {
    return ctx.normalizedPath().equals(StatusPage.PATH);
  }

  private Sent sent(byte[] given) {
    // Both are compared, whatever the first says, so that the time reveals nothing.
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
