package io.loble.admin;

import io.loble.config.source.TextFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/** The tokens in a file, as they were when the file could be used last. */
final class TokenFile {

  private final FileWatch<TokenList> watch;

  private TokenFile(FileWatch<TokenList> watch) {
    this.watch = watch;
  }

  /**
   * Reads the tokens.
   *
   * @return fails when the file cannot be read, or is not as {@link TokenList} wants it, or is
   *     empty
   */
  static Future<TokenFile> open(Vertx vertx, NamedFile file) {
    return FileWatch.open(vertx, file.toString(), new Content(file)).map(TokenFile::new);
  }

  /** Keeps up with the file from now on. */
  void follow() {
    watch.follow(tokens -> Future.succeededFuture());
  }

  void stop() {
    watch.stop();
  }

  /** As {@link TokenList#find}. */
  Optional<String> find(byte[] given) {
    return watch.content().find(given);
  }

  private record Content(NamedFile file) implements FileWatch.Source<TokenList> {

    @Override
    public TokenList read() throws IOException {
      try {
        return TokenList.parse(TextFile.decode(file.read().getBytes()));
      } catch (CharacterCodingException | IllegalArgumentException e) {
        throw file.unusable(String.valueOf(e.getMessage()));
      }
    }

    @Override
    public void check(TokenList tokens) throws IOException {
      if (tokens.entries().isEmpty()) {
        throw file.unusable("holds no token");
      }
    }
  }
}
