package io.loble.control;

import io.loble.config.LobleConfig;
import io.loble.context.VertxLocal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings a configuration that is changed at run time to the verticles. It is kept for all verticles
 * of the Vert.x instance; every follower is notified, and replies when it is in force there.
 */
public final class ConfigChannel {

  /** What followers do with a configuration. */
  public enum Role {
    /** Publishes the snapshot of its pools. */
    HEALTH,
    /** Opens its listeners. */
    PROXY,
    /** Something that no other follower depends on. */
    OTHER
  }

  private static final AtomicLong LAST_ID = new AtomicLong();

  private static final VertxLocal<AtomicReference<@Nullable ConfigChange>> CURRENT =
      VertxLocal.of("config", AtomicReference::new);

  /** The roles of those that follow, by their addresses on the event bus. */
  private static final VertxLocal<ConcurrentMap<String, Role>> FOLLOWERS =
      VertxLocal.map("config-followers");

  /** Longer than it takes to open and close listeners. */
  private static final DeliveryOptions DELIVERY =
      new DeliveryOptions().setLocalOnly(true).setSendTimeout(TimeUnit.SECONDS.toMillis(10));

  private final Vertx vertx;
  private final AtomicReference<@Nullable ConfigChange> current;
  private final ConcurrentMap<String, Role> followers;

  public ConfigChannel(Vertx vertx) {
    this.vertx = vertx;
    this.current = CURRENT.get(vertx);
    this.followers = FOLLOWERS.get(vertx);
  }

  /** A verticle that follows; cancelled when it stops. */
  public final class Follower {

    private final MessageConsumer<Object> consumer;

    private Follower(MessageConsumer<Object> consumer) {
      this.consumer = consumer;
    }

    public void cancel() {
      followers.remove(consumer.address());
      consumer.unregister();
      if (!hasFollowers(Role.HEALTH)) {
        // The next to follow starts with what it is deployed with.
        current.set(null);
      }
    }
  }

  /**
   * Hands over each new configuration, on the context this is called from.
   *
   * @param handler completes when the configuration is in force, and fails with what was wrong
   */
  public Follower follow(Role role, Function<ConfigChange, Future<Void>> handler) {
    String address = "loble.config." + LAST_ID.incrementAndGet();
    MessageConsumer<Object> consumer =
        vertx.eventBus().localConsumer(address, message -> takeOver(message, handler));
    followers.put(address, role);
    return new Follower(consumer);
  }

  private void takeOver(Message<Object> message, Function<ConfigChange, Future<Void>> handler) {
    Future.succeededFuture(current.get())
        .compose(handler)
        .onSuccess(done -> message.reply(null))
        .onFailure(cause -> message.fail(1, String.valueOf(cause.getMessage())));
  }

  /** What followers have taken over last; empty if they run with what they started with. */
  Optional<LobleConfig> latest() {
    return Optional.ofNullable(current.get()).map(ConfigChange::config);
  }

  /** Whether there is a follower of that role. */
  boolean hasFollowers(Role role) {
    return followers.containsValue(role);
  }

  /** Completes when all of that role have taken the configuration over; fails if one could not. */
  Future<Void> publish(Role role, ConfigChange change) {
    current.set(change);
    List<Future<Void>> replies =
        followers.entrySet().stream()
            .filter(entry -> entry.getValue() == role)
            .map(Map.Entry::getKey)
            .map(this::notify)
            .toList();
    return Future.join(replies).mapEmpty();
  }

  private Future<Void> notify(String address) {
    return vertx
        .eventBus()
        .request(address, null, DELIVERY)
        .<Void>mapEmpty()
        .recover(cause -> isGone(cause) ? Future.succeededFuture() : Future.failedFuture(cause));
  }

  /** It has stopped meanwhile. */
  private static boolean isGone(Throwable cause) {
    return cause instanceof ReplyException failure
        && failure.failureType() == ReplyFailure.NO_HANDLERS;
  }
}
