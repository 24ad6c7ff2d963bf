package io.loble.upstream.discovery;

import io.loble.net.dns.Lookup;
import io.loble.net.dns.Reply;
import io.loble.net.dns.Reply.Failed;
import io.loble.net.dns.Reply.Found;
import io.loble.net.dns.Reply.NoSuchName;
import io.loble.net.dns.Reply.Nothing;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** A name that is looked up again when what is known of it is old. */
final class FollowedName<T> {

  private final Lookup<T> lookup;
  private final RefreshTimes times;
  private Reply<T> reply = new Nothing<>(Optional.empty());
  private List<T> lastGood = List.of();
  private int failures;
  private long dueNanos = System.nanoTime();

  FollowedName(Lookup<T> lookup, RefreshTimes times) {
    this.lookup = lookup;
    this.times = times;
  }

  /** Looks it up if it is due. */
  Future<Reply<T>> refresh() {
    return dueIn().isZero() ? lookup.look().map(this::learn) : Future.succeededFuture(reply);
  }

  private Reply<T> learn(Reply<T> learnt) {
    reply = learnt;
    if (!(learnt instanceof Failed)) {
      lastGood = learnt instanceof Found<T> found ? found.values() : List.of();
    }
    dueNanos = System.nanoTime() + pause(learnt).toNanos();
    return learnt;
  }

  private Duration pause(Reply<T> learnt) {
    Optional<Duration> asAnswered = ttl(learnt).map(times::afterAnswer);
    boolean partial = learnt instanceof Found<T> found && found.partial();
    if (asAnswered.isPresent() && !partial) {
      failures = 0;
      return asAnswered.get();
    }
    failures++;
    Duration asFailed = times.afterFailure(failures, ThreadLocalRandom.current().nextDouble());
    return asAnswered.filter(sooner -> sooner.compareTo(asFailed) < 0).orElse(asFailed);
  }

  /** How long the reply is good for; empty where that is not known. */
  private static <T> Optional<Duration> ttl(Reply<T> reply) {
    if (reply instanceof Found<T> found) {
      return Optional.of(found.ttl());
    }
    if (reply instanceof Nothing<T> nothing) {
      return nothing.ttl();
    }
    return reply instanceof NoSuchName<T> none ? none.ttl() : Optional.empty();
  }

  /** What is known. */
  Reply<T> reply() {
    return reply;
  }

  /** What it had when it was last looked up without a failure. */
  List<T> lastGood() {
    return lastGood;
  }

  /** When it is to be looked up again; zero for now. */
  Duration dueIn() {
    return Duration.ofNanos(Math.max(0, dueNanos - System.nanoTime()));
  }
}
