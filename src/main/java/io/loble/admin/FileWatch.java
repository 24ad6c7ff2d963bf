package io.loble.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What files hold, followed as they change. While they cannot be used, what they held before stays.
 *
 * <p>They are read again and compared rather than watched or asked for their times: where a secret
 * is mounted, it changes by links that are exchanged.
 */
final class FileWatch<T> {

  /** Where the content comes from. Both methods may block. */
  interface Source<T> {

    /** What is there now. */
    T read() throws IOException;

    /** Fails, saying why, for a content that cannot be used. */
    void check(T content) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
  private static final long PERIOD_MS = 1000;

  private final Vertx vertx;
  private final String name;
  private final Source<T> source;
  private volatile T content;
  private volatile boolean stopped;
  private volatile long timer;
  private volatile String trouble = "";

  private FileWatch(Vertx vertx, String name, Source<T> source, T content) {
    this.vertx = vertx;
    this.name = name;
    this.source = source;
    this.content = content;
  }

  /**
   * Reads for the first time.
   *
   * @param name what log lines call the files
   * @return fails when they cannot be read or used
   */
  static <T> Future<FileWatch<T>> open(Vertx vertx, String name, Source<T> source) {
    return vertx.executeBlocking(
        () -> {
          T content = source.read();
          source.check(content);
          return new FileWatch<>(vertx, name, source, content);
        },
        false);
  }

  /** What was in use last. */
  T content() {
    return content;
  }

  /**
   * Looks for changes from now on.
   *
   * @param user puts a new content to use; what it fails with counts like a file that cannot be
   *     used
   */
  void follow(Function<T, Future<?>> user) {
    if (!stopped) {
      timer = vertx.setTimer(PERIOD_MS, id -> look(user));
    }
  }

  void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  private void look(Function<T, Future<?>> user) {
    vertx
        .executeBlocking(this::read, false)
        .compose(read -> use(read, user))
        .onSuccess(used -> trouble = "")
        .onFailure(this::complain)
        // Only then, so that a slow disk is never asked twice at a time.
        .onComplete(done -> follow(user));
  }

  private T read() throws IOException {
    T read = source.read();
    if (!read.equals(content)) {
      source.check(read);
    }
    return read;
  }

  private Future<?> use(T read, Function<T, Future<?>> user) {
    if (stopped || read.equals(content)) {
      return Future.succeededFuture();
    }
    return user.apply(read).onSuccess(used -> taken(read));
  }

  private void taken(T read) {
    content = read;
    LOG.info("{} has changed; the new contents are in use", name);
  }

  private void complain(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (!stopped && !message.equals(trouble)) {
      trouble = message;
      LOG.error("{}; the previous contents stay in use", message);
    }
  }
}
