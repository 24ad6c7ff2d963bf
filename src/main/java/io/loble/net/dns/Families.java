package io.loble.net.dns;

import io.loble.net.dns.DnsRecord.Ip;
import io.loble.net.dns.Reply.Failed;
import io.loble.net.dns.Reply.Found;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks for the addresses of a name, IPv4 and IPv6 at the same time. What fails for one of them does
 * not lose the other; and as long as it fails, the addresses stay that it had before.
 */
final class Families {

  /** How long what was known before is good for: the other family says when to ask again. */
  private static final Duration ANY_TIME = Duration.ofSeconds(Integer.MAX_VALUE);

  private final Queries queries;

  /** What was found last, by the kind of address; of the name that was asked for last. */
  private final Map<RecordType, List<InetAddress>> before = new HashMap<>();

  private String lastName = "";

  Families(Queries queries) {
    this.queries = queries;
  }

  /** Asks; never fails. */
  Future<Reply<InetAddress>> ask(List<InetSocketAddress> servers, String name) {
    Future<Reply<InetAddress>> ipv4 = ask(servers, name, RecordType.A);
    Future<Reply<InetAddress>> ipv6 = ask(servers, name, RecordType.AAAA);
    return Future.all(ipv4, ipv6).map(both -> merge(name, ipv4.result(), ipv6.result()));
  }

  private Future<Reply<InetAddress>> ask(
      List<InetSocketAddress> servers, String name, RecordType type) {
    return queries.ask(servers, name, type, record -> ((Ip) record).address());
  }

  private Reply<InetAddress> merge(String name, Reply<InetAddress> ipv4, Reply<InetAddress> ipv6) {
    boolean isFound = ipv4 instanceof Found || ipv6 instanceof Found;
    if (!isFound && !lastName.equals(name)) {
      return Replies.merge(ipv4, ipv6);
    }
    if (!lastName.equals(name)) {
      before.clear();
      lastName = name;
    }
    Reply<InetAddress> first = orBefore(RecordType.A, ipv4);
    Reply<InetAddress> second = orBefore(RecordType.AAAA, ipv6);
    // What was known before helps only where something is found now.
    return isFound ? partly(ipv4, ipv6, Replies.merge(first, second)) : Replies.merge(ipv4, ipv6);
  }

  /** What one family could not be asked for is asked for again soon. */
  private static Reply<InetAddress> partly(
      Reply<InetAddress> ipv4, Reply<InetAddress> ipv6, Reply<InetAddress> merged) {
    boolean partial = ipv4 instanceof Failed || ipv6 instanceof Failed;
    return partial && merged instanceof Found<InetAddress> found ? found.inPart() : merged;
  }

  private Reply<InetAddress> orBefore(RecordType type, Reply<InetAddress> reply) {
    if (reply instanceof Failed) {
      List<InetAddress> known = before.getOrDefault(type, List.of());
      return known.isEmpty() ? reply : new Found<>(known, ANY_TIME);
    }
    before.put(type, reply instanceof Found<InetAddress> found ? found.values() : List.of());
    return reply;
  }
}
