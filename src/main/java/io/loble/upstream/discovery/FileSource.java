package io.loble.upstream.discovery;

import io.loble.config.source.TargetsFile;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds backends in a file of targets, which is followed as it changes.
 *
 * <p>It is looked at rather than watched: where it is mounted, it changes by links that are
 * exchanged. A file that is written in place, or removed and written again, cannot be used for a
 * moment; so that is said only when it lasts.
 */
public final class FileSource implements EndpointSource {

  private static final long PERIOD_MS = 500;

  /** Until a file that cannot be used is looked at again, and how often that is done. */
  private static final long SOON_MS = 50;

  private static final int PATIENCE = 20;

  private final Vertx vertx;
  private final Path file;
  private final int patience;
  private @Nullable TargetsFile seen;
  private int troubles;
  private long timer = -1;
  private boolean stopped;

  /**
   * @param file relative to the working directory
   */
  public FileSource(Vertx vertx, Path file) {
    this(vertx, file, PATIENCE);
  }

  /**
   * @param patience how often a file that cannot be used is looked at before that is said
   */
  FileSource(Vertx vertx, Path file, int patience) {
    this.vertx = vertx;
    this.file = file;
    this.patience = patience;
  }

  @Override
  public void start(Listener listener) {
    look(listener);
  }

  @Override
  public void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  private void look(Listener listener) {
    TargetsFile before = seen;
    vertx
        .executeBlocking(() -> before == null ? TargetsFile.read(file) : before.again(), false)
        .map(now -> taken(now, before == null))
        .otherwise(this::unread)
        .onSuccess(
            answer -> {
              if (!stopped) {
                go(listener, answer);
              }
            });
  }

  private Answer taken(TargetsFile now, boolean isFirst) {
    seen = now;
    TargetsFile.Content content = now.content();
    if (content instanceof TargetsFile.Found found) {
      troubles = 0;
      return new Answer.Backends(found.backends());
    }
    // At a start there is nothing that would hold meanwhile, and nothing to wait for in an old
    // file.
    troubles = isFirst && !now.isFresh() ? patience : troubles + 1;
    return content instanceof TargetsFile.Missing missing
        ? new Answer.NotFound(missing.why())
        : new Answer.Failed(((TargetsFile.Unusable) content).why());
  }

  private Answer unread(Throwable cause) {
    troubles++;
    return new Answer.Failed(file + ": " + cause);
  }

  private void go(Listener listener, Answer answer) {
    boolean waits = troubles > 0 && troubles < patience;
    // Not before, so that a slow disk is never asked twice at a time.
    timer = vertx.setTimer(waits ? SOON_MS : PERIOD_MS, id -> look(listener));
    if (!waits) {
      listener.answered(answer);
    }
  }
}
