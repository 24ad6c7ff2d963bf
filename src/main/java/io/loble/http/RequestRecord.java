package io.loble.http;

import io.loble.model.Pool;
import io.loble.proxy.Lease;
import io.loble.proxy.LoopEnvironment;
import io.loble.proxy.RequestClient;
import io.loble.proxy.RequestLine;
import io.loble.proxy.Route;
import io.loble.upstream.ConnectionOrder;
import org.jspecify.annotations.Nullable;

/** What is counted of one request, and its line in the access log. */
final class RequestRecord {

  private static final String DONE = "done";

  private final LoopEnvironment loop;
  private final RequestClient client;
  private final Asked asked;
  private final long startNanos = System.nanoTime();
  private @Nullable Route route;
  private @Nullable Pool pool;
  private @Nullable Lease lease;
  private int status;
  private String ending = DONE;

  RequestRecord(LoopEnvironment loop, RequestClient client, Asked asked) {
    this.loop = loop;
    this.client = client;
    this.asked = asked;
  }

  void routed(@Nullable Route by) {
    route = by;
  }

  void goesTo(Pool to) {
    pool = to;
  }

  /** A backend gets it. */
  void asks(Lease of) {
    lease = of;
  }

  /** A backend answers it. */
  void answered(int with) {
    status = with;
  }

  /** It gets an answer of Loble's own. */
  void answeredBy(HttpAnswer answer) {
    status = answer.status();
    ending = answer.why();
  }

  /** It is not answered to the end. */
  void cut(String why) {
    ending = why;
  }

  boolean isMeantBy(ConnectionOrder order) {
    return lease != null && order.concerns(lease.pool().name(), lease.backend());
  }

  /** It is over. */
  void end(@Nullable StreamSearch search) {
    long nanos = System.nanoTime() - startNanos;
    client.listener().stats().requests().count(status, nanos);
    if (pool != null) {
      pool.stats().requests().count(status, nanos);
    }
    if (lease != null) {
      lease.backend().stats().requests().count(status, nanos);
    }
    if (loop.logsAccess()) {
      new RequestLine(
              client,
              pool,
              lease,
              route,
              search == null ? 0 : search.attempts(),
              search == null ? 0 : search.waitedNanos(),
              asked.method(),
              asked.path(),
              status,
              nanos,
              ending)
          .write(loop.transportName());
    }
  }
}
