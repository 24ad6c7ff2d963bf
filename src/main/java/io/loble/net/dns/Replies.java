package io.loble.net.dns;

import io.loble.net.dns.Reply.Failed;
import io.loble.net.dns.Reply.Found;
import io.loble.net.dns.Reply.NoSuchName;
import io.loble.net.dns.Reply.Nothing;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts replies together. */
final class Replies {

  private Replies() {}

  /**
   * What two replies say together: what either has found, or else that one has failed, or else that
   * there is nothing; and as long as the shorter one is good for.
   */
  static <T> Reply<T> merge(Reply<T> one, Reply<T> other) {
    if (one instanceof Found<T> first) {
      return other instanceof Found<T> second ? together(first, second) : first;
    }
    if (other instanceof Found<T> second) {
      return second;
    }
    if (one instanceof Failed<T> first) {
      return other instanceof Failed<T> second ? together(first, second) : first;
    }
    if (other instanceof Failed<T> second) {
      return second;
    }
    Optional<Duration> ttl = shorter(ttl(one), ttl(other));
    return one instanceof NoSuchName && other instanceof NoSuchName
        ? new NoSuchName<>(ttl)
        : new Nothing<>(ttl);
  }

  private static <T> Found<T> together(Found<T> one, Found<T> other) {
    Duration ttl = one.ttl().compareTo(other.ttl()) < 0 ? one.ttl() : other.ttl();
    return new Found<>(
        Stream.concat(one.values().stream(), other.values().stream()).distinct().toList(), ttl);
  }

  private static <T> Failed<T> together(Failed<T> one, Failed<T> other) {
    return new Failed<>(one.why(), one.silent() || other.silent());
  }

  private static <T> Optional<Duration> ttl(Reply<T> negative) {
    return negative instanceof NoSuchName<T> none
        ? none.ttl()
        : negative instanceof Nothing<T> none ? none.ttl() : Optional.empty();
  }

  private static Optional<Duration> shorter(Optional<Duration> one, Optional<Duration> other) {
    return Stream.of(one, other).flatMap(Optional::stream).min(Duration::compareTo);
  }
}
