package io.loble.http;

import io.loble.model.Backend;
import io.loble.model.BackendStats;
import io.loble.model.Outbound;
import io.loble.net.channel.HttpClientSockets;
import io.loble.proxy.Lease;
import io.loble.upstream.ConnectionOrder;
import io.vertx.core.Future;
import io.vertx.core.http.impl.HttpClientConnectionInternal;
import io.vertx.core.http.impl.HttpClientStream;
import io.vertx.core.internal.ContextInternal;

/** A connection to a backend that serves one request after another, or several at once. */
final class KeptConnection {

  private final HttpClientConnectionInternal connection;
  private final String pool;
  private final Backend backend;
  private final Outbound outbound;
  private final long startNanos = System.nanoTime();
  private final int most;
  private int underWay;
  private int served;
  private long idleSince;
  private boolean spent;
  private boolean free;
  private boolean endHeld;

  /**
   * @param lease that it was made for
   * @param most how many requests it may have at once
   */
  KeptConnection(HttpClientConnectionInternal connection, Lease lease, int most) {
    this.connection = connection;
    this.pool = lease.pool().name();
    this.backend = lease.backend();
    this.outbound = lease.pool().outbound();
    this.most = most;
  }

  /** Begins a request, which is under way until {@link #finished}. */
  Future<HttpClientStream> open(ContextInternal context) {
    underWay++;
    return connection.createStream(context);
  }

  /**
   * A request is over.
   *
   * @param tick of now
   */
  void finished(long tick) {
    underWay--;
    served++;
    idleSince = tick;
  }

  /** It is not to be used for any other request. */
  void spend() {
    spent = true;
  }

  /** Its end waits until what came before it was taken: the request that is under way reads not. */
  void holdEnd() {
    endHeld = true;
    HttpClientSockets.holdEnd(connection);
  }

  /** Everything was taken. */
  void letEnd() {
    if (endHeld) {
      endHeld = false;
      spent |= HttpClientSockets.letEnd(connection);
    }
  }

  boolean isSpent() {
    return spent;
  }

  /** Whether it takes one more request. */
  boolean hasRoom() {
    return !spent && underWay < Math.min(most, connection.concurrency());
  }

  /** Whether it may have several requests at once. */
  boolean isShared() {
    return most > 1;
  }

  boolean isIdle() {
    return underWay == 0;
  }

  /** Whether it has served a request before: then it may be gone without a word having come. */
  boolean wasUsed() {
    return served > 0;
  }

  /** The tick of the end of its last request. */
  long idleSince() {
    return idleSince;
  }

  /** Whether it is among those that take one more request. */
  boolean isFree() {
    return free;
  }

  void setFree(boolean isFree) {
    free = isFree;
  }

  /** Whether it takes one more request, and is as connections are to be now. */
  boolean isFor(Outbound now) {
    return hasRoom() && outbound.equals(now);
  }

  BackendStats backend() {
    return backend.stats();
  }

  /** Whether it is one to a backend that an order means. */
  boolean isMeantBy(ConnectionOrder order) {
    return order.concerns(pool, backend);
  }

  Outbound outbound() {
    return outbound;
  }

  long ageNanos() {
    return System.nanoTime() - startNanos;
  }

  HttpClientConnectionInternal connection() {
    return connection;
  }

  void close() {
    spent = true;
    connection.close();
  }
}
