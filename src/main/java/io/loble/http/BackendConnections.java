package io.loble.http;

import io.loble.model.BackendStats;
import io.loble.model.HttpRules;
import io.loble.model.HttpVersion;
import io.loble.model.Outbound;
import io.loble.model.SendProxy;
import io.loble.net.DeadlineWheel;
import io.loble.net.Stream;
import io.loble.net.channel.HttpClientSockets;
import io.loble.proxy.Lease;
import io.loble.proxy.LoopEnvironment;
import io.loble.upstream.ConnectionOrder;
import io.vertx.core.Future;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.impl.HttpClientConnectionInternal;
import io.vertx.core.http.impl.HttpClientStream;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connections to backends that one event loop keeps from request to request. The one that was
 * used last is used next, so that those that are not needed age.
 */
final class BackendConnections {

  /** What one request of HTTP/2 may have in flight before its reader says more. */
  private static final int WINDOW = 128 * 1024;

  private static final int MOST_HEAD = 64 * 1024;

  /** What is read at once goes on at once. */
  private static final int MOST_CHUNK = 64 * 1024;

  private final LoopEnvironment loop;

  /** Those that take one more request, the one that was used last at the end. */
  private final IdentityHashMap<BackendStats, Deque<KeptConnection>> free = new IdentityHashMap<>();

  private @Nullable HttpClientSockets http1;

  /** By how many requests a connection has at once. */
  private final Map<Integer, HttpClientSockets> http2 = new HashMap<>();

  BackendConnections(LoopEnvironment loop) {
    this.loop = loop;
  }

  /** One that takes a request of a lease now; null when there is none. */
  @Nullable KeptConnection take(Lease lease) {
    Deque<KeptConnection> all = free.get(lease.backend().stats());
    if (all == null) {
      return null;
    }
    Outbound outbound = lease.pool().outbound();
    KeptConnection last = all.peekLast();
    while (last != null && !last.isFor(outbound)) {
      forget(last);
      closeIfIdle(last);
      last = all.peekLast();
    }
    return last;
  }

  /** Whether a connection says whose it is, so that no other client's requests may go by it. */
  private static boolean namesClients(Outbound outbound) {
    return outbound.sendProxy() != SendProxy.OFF || outbound.tls().forwardsSni();
  }

  /** Speaks HTTP on a connection that was made for a lease. */
  Future<KeptConnection> adopt(Lease lease, Stream stream) {
    Outbound outbound = lease.pool().outbound();
    HttpRules rules = outbound.http();
    HttpClientSockets sockets =
        rules.version() == HttpVersion.H2 ? http2(rules.maxStreams()) : http1();
    return sockets.speak(stream).map(connection -> made(lease, connection, rules));
  }

  private HttpClientSockets http1() {
    HttpClientSockets known =
        http1 == null ? new HttpClientSockets(loop.vertx(), options()) : http1;
    http1 = known;
    return known;
  }

  private HttpClientSockets http2(int streams) {
    return http2.computeIfAbsent(
        streams, most -> new HttpClientSockets(loop.vertx(), optionsOfHttp2(most)));
  }

  /** A window for all: else requests whose clients do not read would stop the others. */
  private static HttpClientOptions optionsOfHttp2(int streams) {
    return options()
        .setProtocolVersion(io.vertx.core.http.HttpVersion.HTTP_2)
        .setInitialSettings(new Http2Settings().setPushEnabled(false).setInitialWindowSize(WINDOW))
        .setHttp2ConnectionWindowSize(streams * WINDOW);
  }

  private static HttpClientOptions options() {
    return new HttpClientOptions()
        .setMaxHeaderSize(MOST_HEAD)
        .setMaxInitialLineLength(MOST_HEAD)
        .setMaxChunkSize(MOST_CHUNK)
        .setDecompressionSupported(false);
  }

  private KeptConnection made(
      Lease lease, HttpClientConnectionInternal connection, HttpRules rules) {
    BackendStats backend = lease.backend().stats();
    Outbound outbound = lease.pool().outbound();
    int most = rules.version() == HttpVersion.H2 ? rules.maxStreams() : 1;
    KeptConnection one = new KeptConnection(connection, lease, most);
    connection.evictionHandler(evicted -> spent(one));
    connection.concurrencyChangeHandler(changed -> {});
    connection.closeHandler(closed -> gone(one));
    connection.exceptionHandler(broken -> spent(one));
    if (namesClients(outbound)) {
      one.spend();
    } else {
      free.computeIfAbsent(backend, first -> new ArrayDeque<>()).add(one);
      one.setFree(true);
    }
    return one;
  }

  private void gone(KeptConnection one) {
    spent(one);
    one.backend().counters().ended(one.ageNanos());
  }

  private void spent(KeptConnection one) {
    one.spend();
    forget(one);
  }

  private void forget(KeptConnection one) {
    Deque<KeptConnection> all = free.get(one.backend());
    if (one.isFree() && all != null) {
      one.setFree(false);
      all.removeLastOccurrence(one);
      if (all.isEmpty()) {
        free.remove(one.backend());
      }
    }
  }

  private static void closeIfIdle(KeptConnection one) {
    if (one.isIdle()) {
      one.close();
    } else {
      one.spend();
    }
  }

  /** Begins a request on a connection; {@link #giveBack} follows. */
  Future<HttpClientStream> open(KeptConnection one, ContextInternal context) {
    Future<HttpClientStream> stream = one.open(context);
    if (!one.hasRoom()) {
      forget(one);
    }
    return stream;
  }

  /** A request is over, and its connection may be there for the next. */
  void giveBack(KeptConnection one) {
    one.finished(loop.now());
    if (one.isSpent()) {
      forget(one);
      closeIfIdle(one);
    } else if (!one.isFree()) {
      Deque<KeptConnection> all = free.computeIfAbsent(one.backend(), first -> new ArrayDeque<>());
      all.add(one);
      one.setFree(true);
      if (all.size() > one.outbound().http().maxIdle()) {
        closeOldest(all);
      }
    }
  }

  private void closeOldest(Deque<KeptConnection> all) {
    KeptConnection oldest = all.getFirst();
    if (oldest.isIdle()) {
      forget(oldest);
      oldest.close();
    }
  }

  /** Closes what was not used for long; to be called about once per second. */
  void everySecond() {
    List<KeptConnection> old = new ArrayList<>();
    free.values().forEach(all -> all.stream().filter(this::isOld).forEach(old::add));
    old.forEach(this::drop);
  }

  private boolean isOld(KeptConnection one) {
    long millis = (loop.now() - one.idleSince()) * DeadlineWheel.TICK_MILLIS;
    return one.isIdle() && millis >= one.outbound().http().idleTimeout().toMillis();
  }

  private void drop(KeptConnection one) {
    forget(one);
    closeIfIdle(one);
  }

  /** Keeps none to backends any more that an order means, as far as no request needs it now. */
  void drop(ConnectionOrder order) {
    List<KeptConnection> all = new ArrayList<>();
    free.values()
        .forEach(some -> some.stream().filter(one -> one.isMeantBy(order)).forEach(all::add));
    all.forEach(this::drop);
  }
}
