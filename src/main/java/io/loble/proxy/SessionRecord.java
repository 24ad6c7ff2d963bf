package io.loble.proxy;

import io.loble.model.Pool;
import io.loble.upstream.ConnectionOrder;
import java.net.InetSocketAddress;

/**
 * What is known of one connection: whose it is, where it goes, how old it is and what went through
 * it, for the live view, commands and the access log.
 */
final class SessionRecord {

  private final long number;
  private final ListenerState listener;
  private final Pool pool;
  private final InetSocketAddress client;
  private final Sides sides;
  private final Lifetime lifetime;
  private final Accounting accounting;

  /**
   * @param number which of its event loop's sessions it is, counted from 1 in the order of their
   *     beginnings
   */
  SessionRecord(
      long number,
      ListenerState listener,
      Pool pool,
      InetSocketAddress client,
      Sides sides,
      Lifetime lifetime,
      Accounting accounting) {
    this.number = number;
    this.listener = listener;
    this.pool = pool;
    this.client = client;
    this.sides = sides;
    this.lifetime = lifetime;
    this.accounting = accounting;
  }

  /** Which of its event loop's sessions it is. */
  long number() {
    return number;
  }

  ListenerState listener() {
    return listener;
  }

  Pool pool() {
    return pool;
  }

  InetSocketAddress client() {
    return client;
  }

  /** Whether its bytes are relayed to that backend. */
  boolean isRelayedTo(ConnectionOrder.Target target) {
    return accounting.isRelayedTo(target);
  }

  boolean isOf(LiveConnections.Query query) {
    return query.isOf(listener.name(), pool.name(), accounting.backendName(), client);
  }

  /** Its part of what its client holds. */
  LiveClients.Share share() {
    return new LiveClients.Share(
        1, accounting.startNanos(), sides.bytesToBackend(), sides.bytesToClient());
  }

  /** Its row in the live view. */
  LiveConnection live(LiveConnection.State state) {
    return new LiveConnection(
        number,
        listener.name(),
        pool.name(),
        accounting.backendName(),
        client,
        accounting.startNanos(),
        lifetime.silentMillis(),
        sides.bytesToBackend(),
        sides.bytesToClient(),
        sides.backend() == null ? null : sides.mode(),
        state);
  }

  /**
   * The line of the access log, for a connection that ends now.
   *
   * @param transport how the process talks to the kernel
   */
  AccessLine accessLine(String transport, Ending how) {
    return new AccessLine(
        client,
        listener.name(),
        pool,
        accounting.choice(),
        accounting.attempts(),
        transport,
        sides.mode(),
        sides.bytesToBackend(),
        sides.bytesToClient(),
        System.nanoTime() - accounting.startNanos(),
        how,
        accounting.rejection());
  }
}
