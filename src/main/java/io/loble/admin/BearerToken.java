package io.loble.admin;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets a request pass that carries the token, and every request when there is no token. */
final class BearerToken implements Handler<RoutingContext> {

  private static final String SCHEME = "Bearer ";

  private final Optional<byte[]> token;

  private BearerToken(Optional<byte[]> token) {
    this.token = token;
  }

  /**
   * Reads the token, off the event loop.
   *
   * @param file relative to the working directory; empty for no token
   * @return fails when the file cannot be read or holds nothing but white space
   */
  static Future<BearerToken> read(Vertx vertx, String file) {
    return file.isEmpty()
        ? Future.succeededFuture(new BearerToken(Optional.empty()))
        : vertx.executeBlocking(() -> new BearerToken(Optional.of(content(file))));
  }

  private static byte[] content(String file) throws IOException {
    String content;
    try {
      content = Files.readString(Path.of(file)).strip();
    } catch (NoSuchFileException e) {
      throw new IOException("admin.token_file " + file + ": no such file", e);
    } catch (IOException e) {
      throw new IOException("admin.token_file " + file + ": cannot be read: " + e.getMessage(), e);
    }
    if (content.isEmpty()) {
      throw new IOException("admin.token_file " + file + ": holds no token");
    }
    return content.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void handle(RoutingContext ctx) {
    if (token.isEmpty()
        || matches(token.get(), ctx.request().getHeader(HttpHeaders.AUTHORIZATION))) {
      ctx.next();
      return;
    }
    ctx.response().putHeader("WWW-Authenticate", "Bearer realm=\"loble\"");
    ctx.fail(
        new HttpException(401, "send the token of admin.token_file: Authorization: Bearer TOKEN"));
  }

  private static boolean matches(byte[] token, @Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    byte[] given = header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
    // Takes as long for a token that is nearly right as for one that is all wrong.
    return MessageDigest.isEqual(token, given);
  }
}
