package io.loble.net.dns;

import io.loble.net.dns.DnsRecord.Authority;
import io.vertx.core.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Asks for the records of an absolute name, wherever its aliases lead to. */
final class Queries {

  private final NameServers servers;

  Queries(NameServers servers) {
    this.servers = servers;
  }

  /**
   * Asks; never fails.
   *
   * @param value of a record of that type
   */
  <T> Future<Reply<T>> ask(
      List<InetSocketAddress> from, String name, RecordType type, Function<DnsRecord, T> value) {
    return follow(from, Chain.of(name), type, value)
        .recover(cause -> Future.succeededFuture(failed(name, type, cause)));
  }

  private <T> Future<Reply<T>> follow(
      List<InetSocketAddress> from, Chain known, RecordType type, Function<DnsRecord, T> value) {
    return servers
        .ask(from, known.name(), type)
        .compose(
            message -> {
              try {
                return follow(from, known, known.follow(message, type), message, type, value);
              } catch (DnsException e) {
                return Future.failedFuture(e);
              }
            });
  }

  private <T> Future<Reply<T>> follow(
      List<InetSocketAddress> from,
      Chain known,
      Chain chain,
      DnsMessage message,
      RecordType type,
      Function<DnsRecord, T> value) {
    return isUnfinished(known, chain, message)
        ? follow(from, chain, type, value)
        : Future.succeededFuture(reply(chain, message, value));
  }

  /** Whether the server has told another name only, and nothing of that. */
  private static boolean isUnfinished(Chain known, Chain chain, DnsMessage message) {
    return chain.links() > known.links()
        && chain.records().isEmpty()
        && message.code() == DnsMessage.NO_ERROR
        && message.authority().isEmpty();
  }

  private static <T> Reply<T> reply(Chain chain, DnsMessage message, Function<DnsRecord, T> value) {
    if (!chain.records().isEmpty()) {
      return new Reply.Found<>(
          chain.records().stream().map(value).distinct().toList(), Duration.ofSeconds(chain.ttl()));
    }
    Optional<Duration> ttl = message.authority().map(authority -> ttl(chain, authority));
    return message.code() == DnsMessage.NO_SUCH_NAME
        ? new Reply.NoSuchName<>(ttl)
        : new Reply.Nothing<>(ttl);
  }

  /** RFC 2308, section 5. */
  private static Duration ttl(Chain chain, Authority authority) {
    long negative = Math.min(authority.ttl(), authority.minimum());
    return Duration.ofSeconds(Math.min(chain.ttl(), negative));
  }

  private static <T> Reply<T> failed(String name, RecordType type, Throwable cause) {
    return cause instanceof DnsException known
        ? new Reply.Failed<>(type + " of " + name + ": " + known.reason(), known.isSilent())
        : new Reply.Failed<>(type + " of " + name + ": " + cause, false);
  }
}
