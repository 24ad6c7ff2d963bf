package io.loble.net.dns;

import io.loble.net.dns.Reply.Failed;
import io.loble.net.dns.Reply.Found;
import io.vertx.core.Future;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks a name up as the system does: with its search domains, one after the other, until one has
 * what is looked for. An error of one domain's servers does not end it, unless it was that domain
 * that had it the last time: another domain's answer would be another service's.
 */
final class Searched<T> implements Lookup<T> {

  /** Looks up an absolute name. */
  @FunctionalInterface
  interface Absolute<T> {

    /** Asks those servers; never fails. */
    Future<Reply<T>> ask(List<InetSocketAddress> servers, String name);
  }

  private final SystemDns system;
  private final String name;
  private final Absolute<T> absolute;
  private String lastFound = "";

  Searched(SystemDns system, String name, Absolute<T> absolute) {
    this.system = system;
    this.name = name;
    this.absolute = absolute;
  }

  @Override
  public Future<Reply<T>> look() {
    return system.settings().compose(this::look);
  }

  private Future<Reply<T>> look(ResolvConf settings) {
    List<String> candidates = settings.candidates(name);
    return candidates.isEmpty()
        ? Future.succeededFuture(new Failed<>(name + " cannot be a name", false))
        : look(settings.servers(), candidates.iterator(), null);
  }

  private Future<Reply<T>> look(
      List<InetSocketAddress> servers, Iterator<String> left, @Nullable Reply<T> before) {
    String candidate = left.next();
    return absolute
        .ask(servers, candidate)
        .compose(
            reply -> {
              if (reply instanceof Found) {
                lastFound = candidate;
                return Future.succeededFuture(reply);
              }
              if (isFinal(candidate, reply)) {
                return Future.succeededFuture(reply);
              }
              Reply<T> known = before == null ? reply : Replies.merge(before, reply);
              return left.hasNext() ? look(servers, left, known) : Future.succeededFuture(known);
            });
  }

  private boolean isFinal(String candidate, Reply<T> reply) {
    return reply instanceof Failed<T> failed && (failed.silent() || candidate.equals(lastFound));
  }
}
