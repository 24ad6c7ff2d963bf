package io.loble.upstream;

import io.loble.model.Discovered;
import io.loble.upstream.member.Member;
import io.loble.upstream.member.MemberChanges;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what sources of backends say, and publishes it as events. */
final class DiscoveryNews {

  private static final Logger log = LoggerFactory.getLogger("loble.discovery");

  private static final String WHO = "discovery";

  /** So many are named where backends have joined or left; how many there are is always said. */
  private static final int MOST_NAMES = 20;

  private final Events events;

  DiscoveryNews(Vertx vertx) {
    this.events = new Events(vertx);
  }

  /** A source has another state now, or another reason for it. */
  void says(String pool, Discovered before, Discovered now) {
    logState(pool, before, now);
    if (before.state() != now.state()) {
      events.publish(
          new Events.Event(
              "discovery.state", WHO, what(pool, now), before.state().label(), now.state().label()),
          names(pool, now)
              .put("from", before.state().label())
              .put("to", now.state().label())
              .put("detail", now.detail())
              .put("backends", now.backends()));
    }
  }

  private static void logState(String pool, Discovered before, Discovered now) {
    String source = now.source().label();
    switch (now.state()) {
      case NOT_FOUND ->
          log.warn(
              "[discovery] pool {}: {} {} NOT FOUND: {}; {}",
              pool,
              source,
              now.what(),
              now.detail(),
              inUse(now));
      case FAILED ->
          log.warn(
              "[discovery] pool {}: {} {} FAILED: {}; {}",
              pool,
              source,
              now.what(),
              now.detail(),
              inUse(now));
      case EMPTY ->
          log.warn("[discovery] pool {}: {} {} has no backends", pool, source, now.what());
      default ->
          log.info(
              "[discovery] pool {}: {} {} {}, {} backends",
              pool,
              source,
              now.what(),
              before.state() == Discovered.State.WAITING ? "answers" : "answers again",
              now.backends());
    }
  }

  private static String inUse(Discovered now) {
    if (now.backends() > 0) {
      return "the last good answer stays in use, backends: " + now.backends();
    }
    return now.answeredAt() == null
        ? "there is no earlier answer"
        : "no backends of an earlier answer are in use";
  }

  /** What a source has found is in the pool. */
  void changed(String pool, Discovered source, MemberChanges changes) {
    List<Member> joined =
        Stream.of(changes.joined(), changes.returned()).flatMap(List::stream).toList();
    if (joined.isEmpty() && changes.left().isEmpty()) {
      return;
    }
    int now = joined.size() + changes.stayed().size();
    int before = changes.left().size() + changes.stayed().size();
    log.info(
        "[discovery] pool {}: {} {}: {} joined, {} left, {} in the pool",
        pool,
        source.source().label(),
        source.what(),
        joined.size(),
        changes.left().size(),
        now);
    events.publish(
        new Events.Event("discovery.changed", WHO, what(pool, source), before, now),
        names(pool, source)
            .put("backends", now)
            .put("joined", joined.size())
            .put("left", changes.left().size())
            .put("joined_names", some(joined))
            .put("left_names", some(changes.left())));
  }

  private static JsonArray some(Collection<Member> members) {
    JsonArray names = new JsonArray();
    members.stream().limit(MOST_NAMES).forEach(member -> names.add(member.config().name()));
    return names;
  }

  private static JsonObject names(String pool, Discovered source) {
    return new JsonObject()
        .put("pool", pool)
        .put("source", source.source().label())
        .put("of", source.what());
  }

  private static String what(String pool, Discovered source) {
    return "%s %s of pool %s".formatted(source.source().label(), source.what(), pool);
  }
}
