package io.loble.config.source;

import io.loble.config.ConfigException;
import io.loble.config.read.JsonDocument;
import io.vertx.config.spi.ConfigProcessor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/**
 * Lets a {@code ConfigRetriever} read TOML: a store with {@code "format": "toml"}. Tables become
 * objects, arrays become arrays, dates and times become strings.
 *
 * <p>A document that is not TOML fails the future with a {@link ConfigException} that says in which
 * line and column.
 */
public final class TomlConfigProcessor implements ConfigProcessor {

  @Override
  public String name() {
    return "toml";
  }

  @Override
  public Future<JsonObject> process(Vertx vertx, @Nullable JsonObject configuration, Buffer input) {
    try {
      return Future.succeededFuture(
          JsonDocument.write(TomlDocument.parse("toml", TextFile.decode(input.getBytes()))));
    } catch (ConfigException | CharacterCodingException e) {
      return Future.failedFuture(e);
    }
  }
}
