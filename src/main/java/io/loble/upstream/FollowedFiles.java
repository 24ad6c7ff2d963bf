package io.loble.upstream;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that a configuration names, followed as they change. While they cannot be used, what they
 * held before stays, and that is said once, as it is of a configuration that cannot be used. May be
 * used from any thread.
 *
 * @param <F> what they hold; equal when they hold the same
 */
public final class FollowedFiles<F> {

  private static final Logger log = LoggerFactory.getLogger("loble.config");
  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String owner;
  private final Reader<F> reader;
  private final User<F> user;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile long lookedNanos = System.nanoTime();
  private volatile F seen;
  private volatile boolean usable = true;
  private volatile String trouble = "";

  /** Reads the files. */
  @FunctionalInterface
  public interface Reader<F> {

    /**
     * Reads them again. Blocks.
     *
     * @param seen what they held when they were read last
     */
    F read(F seen) throws IOException;
  }

  /** Takes over what files hold. */
  @FunctionalInterface
  public interface User<F> {

    /**
     * Uses other contents from now on, or fails and goes on with the old ones. May block.
     *
     * @return what that means, for the log
     */
    String use(F contents) throws IOException;
  }

  /**
   * @param owner what names the files, such as {@code listener web}
   * @param seen what is in use
   */
  public FollowedFiles(String owner, F seen, Reader<F> reader, User<F> user) {
    this.owner = owner;
    this.seen = seen;
    this.reader = reader;
    this.user = user;
  }

  /** Why they cannot be used now. */
  public Optional<String> trouble() {
    return Optional.of(trouble).filter(text -> !text.isEmpty());
  }

  /** Looks whether they have changed, at most once per second. */
  public void look(Vertx vertx, long nowNanos) {
    if (nowNanos - lookedNanos >= PERIOD_NANOS && looking.compareAndSet(false, true)) {
      vertx
          .executeBlocking(this::take, false)
          .onFailure(cause -> complain(vertx, cause))
          .onComplete(
              done -> {
                lookedNanos = System.nanoTime();
                looking.set(false);
              });
    }
  }

  /** Blocks. */
  private boolean take() throws IOException {
    F now = reader.read(seen);
    boolean changed = !now.equals(seen);
    if (changed) {
      // Once, whether it can be used or not: to use it takes longer than to compare it.
      seen = now;
      usable = false;
      String said = user.use(now);
      usable = true;
      trouble = "";
      log.info("[config] {}: files have changed; {}", owner, said);
    } else if (usable && !trouble.isEmpty()) {
      trouble = "";
      log.info("[config] {}: its files can be read again; nothing changed", owner);
    }
    return changed;
  }

  private void complain(Vertx vertx, Throwable cause) {
    String message = owner + ": " + cause.getMessage();
    if (message.equals(trouble)) {
      return;
    }
    trouble = message;
    log.error("[config] {}; the previous contents stay in use", message);
    new Events(vertx)
        .publish(
            new Events.Event("config.refused", "file", owner, null, null),
            new JsonObject().put("detail", message).put("errors", errors(cause)));
  }

  private JsonArray errors(Throwable cause) {
    return new JsonArray()
        .add(
            new JsonObject()
                .put("source", owner)
                .put("reason", String.valueOf(cause.getMessage())));
  }
}
