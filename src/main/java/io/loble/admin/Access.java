package io.loble.admin;

import io.loble.config.AdminConfig;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** What every request below {@code /api} has to pass, in which order. */
final class Access {

  /** What the bodies of all requests under way may hold together. */
  private static final long MOST_BODY_BYTES = 8L << 20;

  private final Handler<RoutingContext> guard;
  private final List<TokenFile> followed;
  private final Budget bodies = new Budget(MOST_BODY_BYTES);

  private Access(Handler<RoutingContext> guard, List<TokenFile> followed) {
    this.guard = guard;
    this.followed = followed;
    followed.forEach(TokenFile::follow);
  }

  /**
   * Reads the tokens, and goes on reading them as they change.
   *
   * @return fails when there is to be a token that cannot be read
   */
  static Future<Access> open(Vertx vertx, AdminConfig admin) {
    if (admin.tokenFile().isEmpty()) {
      return Future.succeededFuture(new Access(new LoopbackHost(), List.of()));
    }
    return TokenFile.open(vertx, new NamedFile("admin.token_file", admin.tokenFile()))
        .compose(full -> openReadonly(vertx, admin).map(readonly -> byToken(full, readonly)));
  }

  private static Future<Optional<TokenFile>> openReadonly(Vertx vertx, AdminConfig admin) {
    String file = admin.readonlyTokenFile();
    return file.isEmpty()
        ? Future.succeededFuture(Optional.empty())
        : TokenFile.open(vertx, new NamedFile("admin.readonly_token_file", file)).map(Optional::of);
  }

  private static Access byToken(TokenFile full, Optional<TokenFile> readonly) {
    List<TokenFile> followed = readonly.map(token -> List.of(full, token)).orElse(List.of(full));
    return new Access(new BearerToken(full, readonly), followed);
  }

  /** To be called before any route below {@code /api} is added; those that do not exist count. */
  void mount(Router router) {
    router
        .route("/api/*")
        .handler(UnreadBody::watch)
        .handler(new SameSite())
        .handler(guard)
        .handler(new PlainPath())
        // Last, so that requests that are refused hold nothing in this process.
        .handler(ctx -> RequestBody.read(ctx, bodies));
  }

  /** Leaves the files alone from now on. */
  void stop() {
    followed.forEach(TokenFile::stop);
  }
}
