package io.loble.http;

import io.loble.config.RouteAction;
import io.loble.model.Pool;
import io.loble.model.Rejection;
import io.loble.net.DeadlineWheel;
import io.loble.proxy.Lease;
import io.loble.proxy.Route;
import io.loble.upstream.ConnectionOrder;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpClientStream;
import io.vertx.core.http.impl.HttpResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * One request, from its head to the end of its answer: finds its route, gets a place on a backend,
 * is sent there, and its answer is sent back. Whatever ends it, it ends once.
 */
final class Exchange extends DeadlineWheel.Entry implements StreamSearch.Owner, Relay.Owner {

  private enum State {
    /** No backend has anything of it. */
    PLACING,
    /** A backend has it, or some of it, and has not answered. */
    ASKING,
    ANSWERING,
    /** The answer is complete, the request is not. */
    LINGERING,
    OVER
  }

  private final RequestLoop loop;
  private final Client client;
  private final HttpServerRequest request;
  private final Asked asked;
  private final RequestRecord record;
  private State state = State.PLACING;
  private final RequestBody body;
  private final RequestTimes times;
  private @Nullable Destination destination;
  private @Nullable StreamSearch search;
  private @Nullable Relay relay;
  private boolean wasAsked;

  Exchange(RequestLoop loop, Client client, HttpServerRequest request) {
    this.loop = loop;
    this.client = client;
    this.request = request;
    this.asked = new Asked(request);
    this.body = new RequestBody(request);
    this.times = new RequestTimes(loop.environment());
    this.record = new RequestRecord(loop.environment(), client.connection(), asked);
  }

  // Where it goes.

  /** Its head has come. */
  void begin() {
    request.response().exceptionHandler(this::clientFailed);
    boolean known = body.begin();
    if (!known || body.isPresent()) {
      request.exceptionHandler(this::clientFailed);
    }
    if (known) {
      findRoute();
    } else {
      loop.environment().execute(this::headIsKnown);
    }
  }

  private void headIsKnown() {
    if (state == State.PLACING) {
      body.settle();
      Http2Heads.faultOf(request)
          .ifPresentOrElse(fault -> answer(HttpAnswer.of(fault)), this::findRoute);
    }
  }

  private void findRoute() {
    Route route = client.door().routes().of(client.connection().info(), asked).orElse(null);
    Destination found = new Destination(client.connection(), loop.sessions(), asked, route);
    destination = found;
    record.routed(route);
    Pool pool = found.pool();
    if (found.action().redirectToHttps()) {
      answer(HttpAnswer.redirect(asked));
    } else if (pool == null) {
      answer(HttpAnswer.of(Rejection.NO_ROUTE));
    } else {
      place(found, pool);
    }
  }

  private void place(Destination to, Pool pool) {
    record.goesTo(pool);
    to.prefer(pool);
    times.answerWithin(to.action().timeout());
    StreamSearch looking =
        new StreamSearch(
            loop.environment(),
            loop.backends(),
            loop.context(),
            pool,
            () -> to.choice(pool),
            client.connection().greeting(pool),
            this);
    search = looking;
    look();
    looking.begin();
  }

  @Override
  public void refused(Rejection why) {
    answer(wasAsked ? HttpAnswer.backendFailed() : HttpAnswer.of(why));
  }

  private StreamSearch search() {
    if (search == null) {
      throw new IllegalStateException("has not looked for a backend");
    }
    return search;
  }

  // To the backend.

  @Override
  public void found(Lease lease, KeptConnection connection, HttpClientStream stream) {
    state = State.ASKING;
    wasAsked = true;
    times.moved();
    look();
    Relay asking =
        new Relay(this, loop.heads(), loop.backends(), lease, connection, stream, request);
    relay = asking;
    record.asks(lease);
    RouteAction action = destination().action();
    RequestHead head =
        RequestHead.of(asked, request, client.forwarding(), lease, action, body.isPresent());
    if (body.isPresent()) {
      asking.ask(head, body.first());
    } else {
      asking.ask(head);
    }
  }

  // From the backend.

  @Override
  public void answerBegins(HttpResponseHead head) {
    state = State.ANSWERING;
    times.answered();
    record.answered(head.statusCode);
    Relay relaying = relay();
    if (AnswerHead.endsWithConnection(head, request)) {
      client.saysLast();
    }
    AnswerHead.write(head, request, client.isLast());
    if (client.door().compresses()) {
      relaying.compressBy(Compression.begin(head, request, loop.gzips()));
    }
    Lease lease = relaying.lease();
    String cookie =
        destination()
            .newCookie(lease.pool(), lease.backend(), search().attempts(), client.isEncrypted());
    if (cookie != null) {
      request.response().headers().add(HttpHeaders.SET_COOKIE, cookie);
    }
  }

  private Destination destination() {
    if (destination == null) {
      throw new IllegalStateException("has no route as yet");
    }
    return destination;
  }

  @Override
  public void answerEnded() {
    if (body.isToCome()) {
      linger();
    } else {
      over();
    }
  }

  /** What is on its way still must not reset the connection before the answer is read. */
  private void linger() {
    state = State.LINGERING;
    request.handler(rest -> {});
    request.endHandler(complete -> over());
    request.resume();
    times.moved();
    look();
  }

  @Override
  public void tunnels() {
    record.answered(101);
    state = State.ANSWERING;
    times.answered();
    if (client.connection().hasEnded()) {
      // There was a request before its end, but no more than that to be said.
      clientGone();
      client.connection().close();
    }
  }

  @Override
  public void tunnelEnded() {
    if (state != State.OVER) {
      over();
      client.connection().close();
    }
  }

  @Override
  public void moved() {
    times.moved();
    client.connection().active();
  }

  @Override
  public void backendFailed() {
    Relay failed = relay();
    boolean lost = failed.wasKept() && state == State.ASKING;
    String why = state == State.ASKING ? "reset before the answer" : "reset in the answer";
    relay = null;
    failed.giveUp();
    if (lost) {
      failed.lease().lost();
    } else {
      failed.lease().failed(why);
    }
    failed.lease().release();
    if (state == State.ANSWERING) {
      cut("backend_reset");
    } else if (asked.isIdempotent() && !body.isPresent()) {
      state = State.PLACING;
      search().again();
    } else {
      answer(HttpAnswer.backendFailed());
    }
  }

  @Override
  public void clientFailed(Throwable cause) {
    if (InvalidRequests.isMalformed(cause) && !request.response().headWritten()) {
      giveUp();
      refuse(HttpAnswer.of(InvalidRequests.refusalOf(cause)));
      InvalidRequests.flush(request.connection());
    } else {
      clientGone();
    }
  }

  private Relay relay() {
    if (relay == null) {
      throw new IllegalStateException("has no backend");
    }
    return relay;
  }

  // Its ends.

  /** Refuses a request that cannot be read; nothing behind it on its connection can be. */
  void refuse(HttpAnswer answer) {
    record.answeredBy(answer);
    OwnAnswer.send(request, answer, client.door().pages(), true);
    over();
  }

  private void answer(HttpAnswer answer) {
    if (state == State.OVER) {
      return;
    }
    giveUp();
    record.answeredBy(answer);
    OwnAnswer.send(request, answer, client.door().pages(), client.isLast());
    if (body.isToCome()) {
      linger();
    } else {
      over();
    }
  }

  /** The answer was cut, and must not look whole. */
  private void cut(String why) {
    record.cut(why);
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset(Http2Error.INTERNAL_ERROR.code());
      over();
    } else if (end()) {
      client.cut(this);
    }
  }

  /** The client says no more: what is answered goes on, what was agreed on in its place ends. */
  void clientEnded() {
    if (relay != null && relay.isTunnel()) {
      clientGone();
      client.connection().close();
    }
  }

  /** The client is gone, or wants no answer any more. */
  void clientGone() {
    if (state != State.OVER) {
      record.cut("client_reset");
      giveUp();
      over();
    }
  }

  private void giveUp() {
    StreamSearch looking = search;
    Relay relaying = relay;
    relay = null;
    if (relaying != null) {
      relaying.giveUp();
      relaying.lease().release();
    } else if (looking != null && state == State.PLACING) {
      looking.cancel();
    }
  }

  private void over() {
    if (end()) {
      client.finished(this);
    }
  }

  /** Whether it had not ended before. */
  private boolean end() {
    if (state == State.OVER) {
      return false;
    }
    state = State.OVER;
    loop.wheel().remove(this);
    record.end(search);
    return true;
  }

  // Its deadlines.

  @Override
  public void schedule(long due) {
    loop.wheel().schedule(this, times.atMost(due));
  }

  private void look() {
    loop.wheel().schedule(this, due());
  }

  private long due() {
    return times.due(state == State.LINGERING);
  }

  /** A tick has come that was asked for. */
  void expired() {
    if (times.isCut()) {
      cutShort();
    } else if (search != null && search.isTimed() && !times.isAnswerLate()) {
      search.expired();
    } else if (loop.environment().now() >= due()) {
      timedOut();
    } else {
      look();
    }
  }

  /** Its backend has had the time that it was to have left. */
  private void cutShort() {
    if (state == State.ANSWERING) {
      giveUp();
      cut("drain_cut");
    } else {
      answer(HttpAnswer.timedOut());
    }
  }

  private void timedOut() {
    if (state == State.ANSWERING) {
      giveUp();
      cut("timeout");
    } else if (state == State.LINGERING) {
      lingered();
    } else if (relay != null && relay.awaitsClient()) {
      clientStopped();
    } else {
      if (relay != null) {
        relay.lease().failed("no answer in time");
      }
      answer(HttpAnswer.timedOut());
    }
  }

  /** The rest of the request is not waited for any longer. */
  private void lingered() {
    over();
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset(Http2Error.NO_ERROR.code());
    } else {
      client.connection().close();
    }
  }

  /** The rest of the request does not come, which is not the backend's fault. */
  private void clientStopped() {
    client.saysLast();
    answer(HttpAnswer.requestTimedOut());
    if (state == State.LINGERING) {
      lingered();
    }
  }

  // As its backend is told to lose it.

  /** Whether a backend has it that an order means. */
  boolean isMeantBy(ConnectionOrder order) {
    return relay != null && record.isMeantBy(order);
  }

  void cutWithin(long millis) {
    times.cutWithin(millis);
    relay().serveNoOther();
    look();
  }

  void keep() {
    times.keep();
  }
}
