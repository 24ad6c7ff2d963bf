package io.loble.proxy;

import io.loble.config.source.ListenerNetworks;
import io.loble.config.source.NetworkFiles;
import io.loble.upstream.Events;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a listener's networks, followed as they change. While they cannot be used, what they
 * held before stays, and that is said once, as it is of a configuration that cannot be used. May be
 * used from any thread.
 */
final class FollowedNetworks {

  private static final Logger log = LoggerFactory.getLogger("loble.config");
  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String listener;
  private final BiConsumer<NetworkFiles, ListenerNetworks> user;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile long lookedNanos = System.nanoTime();
  private volatile NetworkFiles seen;
  private volatile boolean usable = true;
  private volatile String trouble = "";

  /**
   * @param seen what is in use
   * @param user takes other contents over
   */
  FollowedNetworks(
      String listener, NetworkFiles seen, BiConsumer<NetworkFiles, ListenerNetworks> user) {
    this.listener = listener;
    this.seen = seen;
    this.user = user;
  }

  /** Why they cannot be used now. */
  Optional<String> trouble() {
    return Optional.of(trouble).filter(text -> !text.isEmpty());
  }

  /** Looks whether they have changed, at most once per second. */
  void look(Vertx vertx, long nowNanos) {
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
    NetworkFiles now = NetworkFiles.read(seen.limits());
    boolean changed = !now.equals(seen);
    if (changed) {
      // Once, whether it can be used or not: to read it takes longer than to compare it.
      seen = now;
      usable = false;
      use(now, now.networks());
    } else if (usable && !trouble.isEmpty()) {
      trouble = "";
      log.info("[config] listener {}: its files can be read again; nothing changed", listener);
    }
    return changed;
  }

  private void use(NetworkFiles files, ListenerNetworks networks) {
    user.accept(files, networks);
    usable = true;
    trouble = "";
    log.info(
        "[config] listener {}: files have changed; {} networks are allowed, {} denied",
        listener,
        networks.allow().size(),
        networks.deny().size());
  }

  private void complain(Vertx vertx, Throwable cause) {
    String message = "listener " + listener + ": " + cause.getMessage();
    if (message.equals(trouble)) {
      return;
    }
    trouble = message;
    log.error("[config] {}; the previous contents stay in use", message);
    new Events(vertx)
        .publish(
            new Events.Event("config.refused", "file", "listener " + listener, null, null),
            new JsonObject().put("detail", message).put("errors", errors(cause)));
  }

  private JsonArray errors(Throwable cause) {
    return new JsonArray()
        .add(
            new JsonObject()
                .put("source", "listener " + listener)
                .put("reason", String.valueOf(cause.getMessage())));
  }
}
