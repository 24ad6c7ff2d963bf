package io.loble.config.source;

import io.vertx.config.spi.ConfigStore;
import io.vertx.config.spi.ConfigStoreFactory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;

/**
 * A store of a {@code ConfigRetriever} that reads the file at {@code path} as {@link FileReads}
 * does: unlike Vert.x's own, one that was replaced by a FIFO does not hold up its threads.
 */
public final class RegularFileStore implements ConfigStoreFactory {

  /** The type to ask a {@code ConfigRetriever} for. */
  public static final String TYPE = "regular-file";

  @Override
  public String name() {
    return TYPE;
  }

  @Override
  public ConfigStore create(Vertx vertx, JsonObject configuration) {
    return new Store(vertx, Path.of(configuration.getString("path")));
  }

  private static final class Store implements ConfigStore {

    private final Vertx vertx;
    private final Path file;
    private Future<Buffer> last = Future.failedFuture("not read yet");

    Store(Vertx vertx, Path file) {
      this.vertx = vertx;
      this.file = file;
    }

    /** Who looks again before the last look has ended gets what that one finds. */
    @Override
    public synchronized Future<Buffer> get() {
      if (last.isComplete()) {
        last = vertx.executeBlocking(() -> Buffer.buffer(FileReads.all(file)), false);
      }
      return last;
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }
}
