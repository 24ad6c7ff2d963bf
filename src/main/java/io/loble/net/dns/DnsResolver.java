package io.loble.net.dns;

import io.loble.net.ConnectError;
import io.loble.net.HostsFile;
import io.loble.net.dns.DnsRecord.Server;
import io.loble.net.dns.Reply.Failed;
import io.loble.net.dns.Reply.Found;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Asks name servers: each time anew, whatever was answered before. Belongs to the context that it
 * is made on, and is closed there.
 */
public final class DnsResolver {

  private final HostsFile hosts;
  private final SystemDns system;
  private final Exchanges exchanges;
  private final Queries queries;

  /**
   * @param servers to ask, in order; none for those of the system
   * @param timeout until a server counts as silent
   */
  public DnsResolver(Vertx vertx, List<InetSocketAddress> servers, Duration timeout) {
    VertxInternal internal = (VertxInternal) vertx;
    this.hosts = new HostsFile(internal, internal.nameResolver().options());
    this.system = new SystemDns(internal, servers);
    this.exchanges = new Exchanges(internal, timeout);
    this.queries = new Queries(new NameServers(exchanges, System::nanoTime));
  }

  /**
   * Every address of a host: those that the hosts file has, which are good for no time at all, or
   * else those of its A and AAAA records.
   */
  public Lookup<InetAddress> addressesOf(String host) {
    Lookup<InetAddress> records = new Searched<>(system, host, new Families(queries)::ask);
    return () ->
        hosts
            .addresses(host)
            .compose(
                found ->
                    found.isEmpty()
                        ? records.look()
                        : Future.succeededFuture(new Found<>(found, Duration.ZERO)))
            .recover(cause -> Future.succeededFuture(failed(host, cause)));
  }

  private static Reply<InetAddress> failed(String host, Throwable cause) {
    return new Failed<>(host + ": " + ConnectError.of(cause).text(), true);
  }

  /** The SRV records of a name. */
  public Lookup<Service> servicesOf(String name) {
    return new Searched<>(
        system,
        name,
        (servers, absolute) ->
            queries.ask(servers, absolute, RecordType.SRV, record -> ((Server) record).service()));
  }

  /** Gives up what is under way; what is looked up after that fails. */
  public void close() {
    exchanges.close();
  }
}
