package io.loble.control;

import io.loble.config.LobleConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.shareddata.LocalMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * How a configuration that was changed while the process runs reaches the verticles: it is put into
 * a shared local map, and everybody who follows is told so, and replies when it is in force.
 */
public final class ConfigChannel {

  /** What those who follow do with a configuration. */
  public enum Role {
    /** Publishes the snapshot of its pools. */
    HEALTH,
    /** Opens its listeners. */
    PROXY,
    /** Something that nobody else depends on. */
    OTHER
  }

  private static final AtomicLong LAST_ID = new AtomicLong();
  private static final String CURRENT = "current";

  /** Longer than anybody needs to open and close listeners. */
  private static final DeliveryOptions DELIVERY =
      new DeliveryOptions().setLocalOnly(true).setSendTimeout(TimeUnit.SECONDS.toMillis(10));

  private final Vertx vertx;
  private final LocalMap<String, ConfigChange> current;
  private final LocalMap<String, String> followers;

  public ConfigChannel(Vertx vertx) {
    this.vertx = vertx;
    this.current = vertx.sharedData().getLocalMap("loble.config");
    this.followers = vertx.sharedData().getLocalMap("loble.config-followers");
  }

  /** Somebody who follows; to be cancelled when it stops. */
  public final class Follower {

    private final MessageConsumer<Object> consumer;

    private Follower(MessageConsumer<Object> consumer) {
      this.consumer = consumer;
    }

    public void cancel() {
      followers.remove(consumer.address());
      consumer.unregister();
      if (!hasFollowers(Role.HEALTH)) {
        // Whoever follows next starts with what it is deployed with.
        current.remove(CURRENT);
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
    followers.put(address, role.name());
    return new Follower(consumer);
  }

  private void takeOver(Message<Object> message, Function<ConfigChange, Future<Void>> handler) {
    Future.succeededFuture(current.get(CURRENT))
        .compose(handler)
        .onSuccess(done -> message.reply(null))
        .onFailure(cause -> message.fail(1, String.valueOf(cause.getMessage())));
  }

  /** What those who follow have taken over last; empty if they run with what they started with. */
  Optional<LobleConfig> latest() {
    return Optional.ofNullable(current.get(CURRENT)).map(ConfigChange::config);
  }

  /** Whether anybody of that role follows. */
  boolean hasFollowers(Role role) {
    return followers.containsValue(role.name());
  }

  /** Completes when all of that role have taken the configuration over; fails if one could not. */
  Future<Void> publish(Role role, ConfigChange change) {
    current.put(CURRENT, change);
    List<Future<Void>> replies =
        followers.entrySet().stream()
            .filter(entry -> entry.getValue().equals(role.name()))
            .map(Map.Entry::getKey)
            .map(this::tell)
            .toList();
    return Future.join(replies).mapEmpty();
  }

  private Future<Void> tell(String address) {
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
