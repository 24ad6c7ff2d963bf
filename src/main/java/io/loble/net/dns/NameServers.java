package io.loble.net.dns;

import io.loble.model.AddressBits;
import io.loble.model.HostPort;
import io.vertx.core.Future;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Asks one name server after the other until one gives an answer that can be used, and those that
 * were silent once more when none did. One that was silent is asked last for a while, so that it
 * does not hold up each question. Belongs to one context.
 */
final class NameServers {

  static final long LAST_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Exchanges exchanges;
  private final LongSupplier nanos;
  private final Map<InetSocketAddress, Long> lastUntil = new HashMap<>();

  /**
   * @param nanos the time, as {@link System#nanoTime} has it
   */
  NameServers(Exchanges exchanges, LongSupplier nanos) {
    this.exchanges = exchanges;
    this.nanos = nanos;
  }

  /**
   * Asks.
   *
   * @param servers one or more
   * @return an answer that is of use, or fails with a {@link DnsException} that says what each
   *     server did, and is silent when all of them were
   */
  Future<DnsMessage> ask(List<InetSocketAddress> servers, String name, RecordType type) {
    return new Attempts(inOrder(servers), name, type).next();
  }

  private List<InetSocketAddress> inOrder(List<InetSocketAddress> servers) {
    long now = nanos.getAsLong();
    lastUntil.values().removeIf(until -> now - until >= 0);
    List<InetSocketAddress> order = new ArrayList<>(servers);
    order.removeAll(lastUntil.keySet());
    servers.stream().filter(lastUntil::containsKey).forEach(order::add);
    return order;
  }

  private final class Attempts {

    private final String name;
    private final RecordType type;
    private final Map<InetSocketAddress, DnsException> failures = new LinkedHashMap<>();
    private Iterator<InetSocketAddress> left;
    private boolean again;

    Attempts(List<InetSocketAddress> servers, String name, RecordType type) {
      this.left = servers.iterator();
      this.name = name;
      this.type = type;
    }

    Future<DnsMessage> next() {
      if (!left.hasNext() && !again) {
        again = true;
        left = silent().iterator();
      }
      return left.hasNext() ? ask(left.next()) : Future.failedFuture(failure());
    }

    private Future<DnsMessage> ask(InetSocketAddress server) {
      return exchanges
          .ask(server, name, type)
          .onSuccess(message -> lastUntil.remove(server))
          .compose(NameServers::check)
          .recover(
              cause -> {
                note(server, cause);
                return next();
              });
    }

    private void note(InetSocketAddress server, Throwable cause) {
      DnsException failure =
          cause instanceof DnsException known
              ? known
              : new DnsException("cannot be asked: " + cause, true);
      failures.put(server, failure);
      if (failure.isSilent()) {
        lastUntil.put(server, nanos.getAsLong() + LAST_NANOS);
      }
    }

    private List<InetSocketAddress> silent() {
      return failures.keySet().stream()
          .filter(server -> Objects.requireNonNull(failures.get(server)).isSilent())
          .toList();
    }

    private DnsException failure() {
      return new DnsException(
          failures.entrySet().stream()
              .map(failure -> text(failure.getKey()) + " " + failure.getValue().reason())
              .collect(Collectors.joining("; ")),
          failures.values().stream().allMatch(DnsException::isSilent));
    }
  }

  private static Future<DnsMessage> check(DnsMessage message) {
    if (message.isOfUse()) {
      return Future.succeededFuture(message);
    }
    return Future.failedFuture(
        new DnsException(
            message.isReferral()
                ? "only refers to other name servers"
                : "answers " + message.codeText()));
  }

  private static String text(InetSocketAddress server) {
    String host = AddressBits.of(server.getAddress()).toString();
    return new HostPort(host, server.getPort()).toString();
  }
}
