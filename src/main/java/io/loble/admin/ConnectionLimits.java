package io.loble.admin;

import io.loble.net.Descriptors;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what connections to the admin interface take of the process, whose clients need its
 * descriptors and its memory: how many there are, of one address and in sum, and how long one may
 * be open without a request. To be used from one context.
 *
 * <p>A few more than are allowed are accepted and answered with an error; whatever comes beyond
 * them is closed unread. Over TLS a connection is counted when its handshake is done.
 */
final class ConnectionLimits implements Handler<RoutingContext> {

  /** In all, where the limit of descriptors allows it. */
  static final int MOST = 256;

  /** Of one address, which may be a proxy in front of several people. */
  static final int MOST_OF_ADDRESS = 128;

  /** So many more get an answer that there are too many. */
  static final int ANSWERED = 32;

  /** How long it may take to send the head of a request, and how long a connection may be idle. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final long ANSWERED_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long SWEEP_MILLIS = 1_000;

  private final Vertx vertx;
  private final int most = Math.min(MOST, Descriptors.forAdmin());
  private final IdentityHashMap<HttpConnection, Client> open = new IdentityHashMap<>();
  private final Map<String, Integer> byAddress = new HashMap<>();
  private long sweeper;

  private static final class Client {
    private final String address;
    private final boolean surplus;
    private long quietSince = System.nanoTime();
    private int requests;

    Client(String address, boolean surplus) {
      this.address = address;
      this.surplus = surplus;
    }

    boolean isOverdue(long now) {
      return requests == 0 && now - quietSince > (surplus ? ANSWERED_NANOS : IDLE_NANOS);
    }
  }

  ConnectionLimits(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Begins to close connections that are idle. */
  void start() {
    sweeper = vertx.setPeriodic(SWEEP_MILLIS, timer -> sweep());
  }

  /** A client has connected. */
  void opened(HttpConnection connection) {
    String address = address(connection.remoteAddress());
    int ofAddress = byAddress.getOrDefault(address, 0);
    boolean surplus = open.size() >= most || ofAddress >= MOST_OF_ADDRESS;
    if (open.size() >= most + ANSWERED || ofAddress >= MOST_OF_ADDRESS + ANSWERED) {
      connection.close();
      return;
    }
    open.put(connection, new Client(address, surplus));
    byAddress.merge(address, 1, Integer::sum);
    connection.closeHandler(closed -> closed(connection));
  }

  private void closed(HttpConnection connection) {
    Client client = open.remove(connection);
    if (client != null) {
      byAddress.computeIfPresent(client.address, (address, n) -> n == 1 ? null : n - 1);
    }
  }

  /** Every request passes here, before anything else is done for it. */
  @Override
  public void handle(RoutingContext ctx) {
    Client client = open.get(ctx.request().connection());
    if (client == null) {
      ctx.next();
      return;
    }
    client.requests++;
    ctx.addEndHandler(
        ended -> {
          client.requests--;
          client.quietSince = System.nanoTime();
        });
    if (client.surplus) {
      Overload.refuse(ctx, "there are too many connections to the admin interface");
    } else {
      ctx.next();
    }
  }

  private void sweep() {
    long now = System.nanoTime();
    List<HttpConnection> overdue =
        open.entrySet().stream()
            .filter(entry -> entry.getValue().isOverdue(now))
            .map(Map.Entry::getKey)
            .toList();
    overdue.forEach(HttpConnection::close);
  }

  void stop() {
    vertx.cancelTimer(sweeper);
  }

  private static String address(SocketAddress remote) {
    return remote == null || remote.hostAddress() == null ? "" : remote.hostAddress();
  }
}
