package io.loble.http;

import io.loble.balancer.Choice;
import io.loble.model.Pool;
import io.loble.model.Rejection;
import io.loble.net.Stream;
import io.loble.proxy.Greeting;
import io.loble.proxy.Lease;
import io.loble.proxy.LoopEnvironment;
import io.loble.proxy.Placing;
import io.vertx.core.Future;
import io.vertx.core.http.impl.HttpClientStream;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How one request gets to where it can be sent: a place on a backend, and there a stream of a
 * connection that is kept, or made.
 */
final class StreamSearch implements Placing.Next {

  /** The request. */
  interface Owner {

    /** It can be sent; the place and the connection are its own to give back. */
    void found(Lease lease, KeptConnection connection, HttpClientStream stream);

    /** There is none for it. */
    void refused(Rejection why);

    /** To call {@link #expired} at that tick, and not at another one that was said before. */
    void schedule(long due);
  }

  private static final Logger log = LoggerFactory.getLogger(StreamSearch.class);

  private final BackendConnections backends;
  private final ContextInternal context;
  private final Owner owner;
  private final Placing placing;
  private boolean over;

  /**
   * @param context of the request
   * @param choices begins a choice of the client's
   */
  StreamSearch(
      LoopEnvironment loop,
      BackendConnections backends,
      ContextInternal context,
      Pool pool,
      Supplier<Choice> choices,
      Greeting greeting,
      Owner owner) {
    this.backends = backends;
    this.context = context;
    this.owner = owner;
    this.placing = new Placing(loop, pool, choices, greeting, this);
  }

  void begin() {
    placing.begin();
  }

  /** Looks for another one: the last was given back. */
  void again() {
    over = false;
    placing.again();
  }

  /** The request is given up. */
  void cancel() {
    over = true;
    placing.cancel();
  }

  /** Whether it waits for something that has a deadline of its own. */
  boolean isTimed() {
    return placing.isUnderWay();
  }

  /** A tick has come that was asked for. */
  void expired() {
    placing.expired();
  }

  int attempts() {
    return placing.attempts();
  }

  long waitedNanos() {
    return placing.waitedNanos();
  }

  @Override
  public boolean reuses(Lease lease) {
    KeptConnection kept = backends.take(lease);
    if (kept != null) {
      open(lease, kept);
    }
    return kept != null;
  }

  @Override
  public void connected(Lease lease, Stream backend) {
    backends
        .adopt(lease, backend)
        .onSuccess(connection -> open(lease, connection))
        .onFailure(cause -> notSpoken(lease, cause));
  }

  private void notSpoken(Lease lease, Throwable cause) {
    log.debug("a backend does not speak HTTP", cause);
    lease.failed("no HTTP: " + cause.getMessage());
    giveBack(lease);
  }

  private void open(Lease lease, KeptConnection connection) {
    lease.connected();
    Future<HttpClientStream> stream = backends.open(connection, context);
    if (stream.succeeded()) {
      // As it is nearly always: what listens to a future costs each request.
      opened(lease, connection, stream.result());
    } else {
      stream.onComplete(
          open -> opened(lease, connection, open), cause -> notOpened(lease, connection));
    }
  }

  private void opened(Lease lease, KeptConnection connection, HttpClientStream stream) {
    if (over) {
      // The client has gone in the meantime.
      stream.reset(new GivenUpException());
      connection.spend();
      backends.giveBack(connection);
      lease.release();
    } else {
      over = true;
      owner.found(lease, connection, stream);
    }
  }

  private void notOpened(Lease lease, KeptConnection connection) {
    connection.spend();
    backends.giveBack(connection);
    lease.lost();
    giveBack(lease);
  }

  private void giveBack(Lease lease) {
    lease.release();
    if (!over) {
      placing.again();
    }
  }

  @Override
  public void refused(Rejection why) {
    over = true;
    owner.refused(why);
  }

  @Override
  public void schedule(long due) {
    owner.schedule(due);
  }
}
