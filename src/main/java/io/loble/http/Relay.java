package io.loble.http;

import io.loble.model.Pool;
import io.loble.proxy.Lease;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamPriority;
import io.vertx.core.http.impl.HttpClientStream;
import io.vertx.core.http.impl.HttpResponseHead;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one request on their way to a backend, and those of the answer on their way back.
 */
final class Relay {

  /** The request whose bytes they are. */
  interface Owner {

    /** The head of the answer has come, which is not sent as yet. */
    void answerBegins(HttpResponseHead head);

    /** The answer was sent, to its end. */
    void answerEnded();

    /** Something has moved, either way. */
    void moved();

    /** The backend has agreed to speak something else from now on. */
    void tunnels();

    /** What was spoken then has ended, on either side. */
    void tunnelEnded();

    /** The backend is gone before the end of its answer. */
    void backendFailed();

    /** The client is gone. */
    void clientFailed(Throwable cause);
  }

  /** That of every request (RFC 9113, 5.3.2, has done away with others). */
  private static final StreamPriority PRIORITY = new StreamPriority();

  private final Owner owner;
  private final LateHeads heads;
  private final BackendConnections backends;
  private final Lease lease;
  private final KeptConnection connection;
  private final HttpClientStream stream;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final BackPressure pressure;
  private final boolean kept;
  private @Nullable Buffer held;
  private @Nullable Gzip gzip;
  private long toCome = -1;
  private boolean begun;
  private boolean upgrades;
  private @Nullable Tunnel tunnel;
  private boolean sent;
  private boolean answered;
  private boolean over;

  Relay(
      Owner owner,
      LateHeads heads,
      BackendConnections backends,
      Lease lease,
      KeptConnection connection,
      HttpClientStream stream,
      HttpServerRequest request) {
    this.owner = owner;
    this.heads = heads;
    this.backends = backends;
    this.lease = lease;
    this.connection = connection;
    this.stream = stream;
    this.request = request;
    this.response = request.response();
    this.pressure = new BackPressure(connection, stream, request);
    this.kept = connection.wasUsed();
  }

  Lease lease() {
    return lease;
  }

  /** Whether the connection had served a request before, and may have been gone for long. */
  boolean wasKept() {
    return kept;
  }

  /** The connection to the backend is closed behind the answer. */
  void serveNoOther() {
    connection.spend();
  }

  /** Whether something else than HTTP is spoken by it. */
  boolean isTunnel() {
    return tunnel != null;
  }

  /** Whether the backend takes more of the request than has come. */
  boolean awaitsClient() {
    return !upgrades && !sent && !pressure.backendIsFull();
  }

  // To the backend.

  /** Sends a request that has no body. */
  void ask(RequestHead head) {
    listen(head);
    boolean ends = !head.isUpgrade();
    ByteBuf nothing = ends ? Unpooled.EMPTY_BUFFER : null;
    stream.writeHead(head.toVertx(), false, nothing, ends, PRIORITY, head.isUpgrade());
    sent = ends;
    lease.asked();
  }

  /**
   * Sends a request, and its body as it comes.
   *
   * @param first what has come of that already; null for nothing
   */
  void ask(RequestHead head, @Nullable Buffer first) {
    listen(head);
    stream.writeHead(head.toVertx(), head.isChunked(), null, false, PRIORITY, false);
    lease.asked();
    if (first != null) {
      sendMore(first);
    }
    request.handler(this::sendMore);
    request.endHandler(complete -> sendEnd());
    stream.drainHandler(drained -> request.resume());
    if (!pressure.backendIsFull()) {
      request.resume();
    }
  }

  private void listen(RequestHead head) {
    upgrades = head.isUpgrade();
    stream.exceptionHandler(this::failed);
    stream.headHandler(this::headCame);
    stream.chunkHandler(this::chunkCame);
    stream.endHandler(this::endCame);
    if (head.awaitsContinue()) {
      stream.continueHandler(go -> continueCame());
    }
    stream.earlyHintsHandler(this::hintsCame);
  }

  private void sendMore(Buffer data) {
    if (over) {
      return;
    }
    owner.moved();
    lease.toBackend(data.length());
    lease.asked();
    stream.write(data);
    pressure.holdClient();
    if (pressure.backendIsFull()) {
      request.pause();
    }
  }

  private void sendEnd() {
    if (!over && !sent) {
      sent = true;
      stream.end();
    }
  }

  // From the backend.

  private void continueCame() {
    if (!over && !begun && request.version() != HttpVersion.HTTP_1_0) {
      response.writeContinue();
    }
  }

  private void hintsCame(MultiMap headers) {
    if (!over && !begun && request.version() != HttpVersion.HTTP_1_0) {
      response.writeEarlyHints(AnswerHead.endToEnd(headers));
    }
  }

  private void headCame(HttpResponseHead head) {
    if (over) {
      return;
    }
    if (head.statusCode < 200 && head.statusCode != 101) {
      failed(new InterimAnswerException(head.statusCode));
      return;
    }
    begun = true;
    owner.moved();
    report(head.statusCode);
    if (head.statusCode == 101) {
      switchProtocols(head);
      return;
    }
    toCome = AnswerHead.length(head, request);
    if (!AnswerHead.keeps(head)) {
      connection.spend();
    }
    owner.answerBegins(head);
    if (toCome != 0) {
      heads.add(this);
    }
  }

  /** Only who has asked for it is answered so: else no backend may say that. */
  private void switchProtocols(HttpResponseHead head) {
    if (!upgrades) {
      failed(new InterimAnswerException(head.statusCode));
      return;
    }
    connection.spend();
    pressure.stopReading();
    owner.tunnels();
    if (over) {
      return;
    }
    AnswerHead.switchProtocols(head, response);
    request.toNetSocket().onSuccess(this::join).onFailure(cause -> owner.clientFailed(cause));
  }

  private void join(NetSocket client) {
    if (over) {
      client.close();
      return;
    }
    Tunnel joined = new Tunnel(owner, lease, stream, pressure, client);
    tunnel = joined;
    joined.begin();
  }

  /**
   * Has the body of the answer compressed, whose head was not sent as yet.
   *
   * @param by what compresses it; null for nothing
   */
  void compressBy(@Nullable Gzip by) {
    if (by != null) {
      gzip = by;
      toCome = -1;
    }
  }

  private void report(int status) {
    Pool pool = lease.pool();
    if (pool.outbound().http().failOn().contains(status)) {
      lease.failed("status " + status);
    } else {
      lease.answered();
    }
  }

  /** Nothing of the body has come with it: the client gets to know it now. */
  void sendHead() {
    if (!over && !answered && !response.headWritten()) {
      write(held == null ? Buffer.buffer() : held);
      held = null;
    }
  }

  private void chunkCame(Buffer data) {
    if (over) {
      return;
    }
    owner.moved();
    lease.toClient(data.length());
    if (toCome == data.length() && held == null && !response.headWritten()) {
      // All of it: its end comes with it, and both are one write.
      held = data;
    } else {
      write(gzip == null ? data : gzip.more(data));
    }
  }

  private void write(Buffer data) {
    response.write(data);
    pressure.holdBackend();
    if (response.writeQueueFull()) {
      pressure.stopReading();
      response.drainHandler(drained -> pressure.readOn());
    }
  }

  private void endCame(MultiMap trailers) {
    if (over || answered) {
      return;
    }
    answered = true;
    if (!trailers.isEmpty() && AnswerHead.mayHaveTrailers(response, request)) {
      response.trailers().addAll(trailers);
    }
    Buffer last = gzip == null ? held : gzip.last();
    // Before the answer ends: behind that, the client's next request may begin at once.
    end();
    if (last == null) {
      response.end();
    } else {
      response.end(last);
    }
    owner.answerEnded();
  }

  /** The answer is complete. Where the request is not, its connection cannot be used again. */
  private void end() {
    over = true;
    closeGzip();
    endTunnel();
    request.handler(null);
    pressure.release();
    if (!sent) {
      connection.spend();
      stream.reset(new GivenUpException());
    }
    backends.giveBack(connection);
    lease.release();
  }

  private void endTunnel() {
    if (tunnel != null) {
      tunnel.end();
    }
  }

  private void closeGzip() {
    if (gzip != null) {
      gzip.close();
    }
  }

  private void failed(Throwable cause) {
    if (over) {
      return;
    }
    if (tunnel == null) {
      owner.backendFailed();
    } else {
      end();
      tunnel.closeClient().onComplete(closed -> owner.tunnelEnded());
    }
  }

  /** Whatever is under way is of no use any more. */
  void giveUp() {
    if (!over) {
      over = true;
      closeGzip();
      endTunnel();
      pressure.giveUp();
      connection.spend();
      stream.reset(new GivenUpException());
      backends.giveBack(connection);
    }
  }
}
