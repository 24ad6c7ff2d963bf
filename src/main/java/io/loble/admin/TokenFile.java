package io.loble.admin;

import io.loble.config.TextFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The token in a file, as it was when the file could be used last. */
final class TokenFile {

  private final FileWatch<String> watch;

  private TokenFile(FileWatch<String> watch) {
    this.watch = watch;
  }

  /**
   * Reads the token.
   *
   * @return fails when the file cannot be read or holds nothing but white space
   */
  static Future<TokenFile> open(Vertx vertx, NamedFile file) {
    return FileWatch.open(vertx, file.toString(), new Content(file)).map(TokenFile::new);
  }

  /** Keeps up with the file from now on. */
  void follow() {
    watch.follow(token -> Future.succeededFuture());
  }

  void stop() {
    watch.stop();
  }

  /** Takes as long for a token that is nearly right as for one that is all wrong. */
  boolean matches(byte[] given) {
    return MessageDigest.isEqual(watch.content().getBytes(StandardCharsets.UTF_8), given);
  }

  private record Content(NamedFile file) implements FileWatch.Source<String> {

    @Override
    public String read() throws IOException {
      try {
        return TextFile.decode(file.read().getBytes()).strip();
      } catch (CharacterCodingException e) {
        throw file.unusable(String.valueOf(e.getMessage()));
      }
    }

    @Override
    public void check(String token) throws IOException {
      if (token.isEmpty()) {
        throw file.unusable("holds no token");
      }
    }
  }
}
