package io.loble.http;

import io.loble.balancer.Choice;
import io.loble.balancer.ClientKey;
import io.loble.balancer.Picker;
import io.loble.config.RouteAction;
import io.loble.model.Backend;
import io.loble.model.Pool;
import io.loble.model.Rejection;
import io.loble.net.DeadlineWheel;
import io.loble.net.Stream;
import io.loble.proxy.Lease;
import io.loble.proxy.Placing;
import io.loble.proxy.Route;
import io.loble.upstream.ConnectionOrder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpClientStream;
import io.vertx.core.http.impl.HttpResponseHead;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request, from its head to the end of its answer: finds its route, gets a place on a backend,
 * is sent there, and its answer is sent back. Whatever ends it, it ends once.
 */
final class Exchange extends DeadlineWheel.Entry implements Placing.Next, Relay.Owner {

  private static final Logger log = LoggerFactory.getLogger(Exchange.class);

  /** For how long the rest of a request is taken that was answered before all of it had come. */
  private static final long LINGER_MILLIS = 5_000;

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
  private @Nullable Route route;
  private @Nullable Placing placing;
  private @Nullable Backend preferred;
  private @Nullable Relay relay;
  private boolean hasBody;
  private boolean wasAsked;
  private boolean complete;

  /** What came of its body before its way was known. */
  private @Nullable Buffer first;

  private long answerBy = DeadlineWheel.NEVER;
  private long cutAt = DeadlineWheel.NEVER;
  private long lastMoved;

  Exchange(RequestLoop loop, Client client, HttpServerRequest request) {
    this.loop = loop;
    this.client = client;
    this.request = request;
    this.asked = new Asked(request);
    this.record = new RequestRecord(loop.environment(), client.connection(), asked);
    this.lastMoved = loop.environment().now();
  }

  // Where it goes.

  /** Its head has come. */
  void begin() {
    request.response().exceptionHandler(this::clientFailed);
    if (request.version() == HttpVersion.HTTP_2) {
      request.exceptionHandler(this::clientFailed);
      request.handler(this::bodyBegins);
      request.endHandler(ended -> complete = true);
      // Only then it is known whether its head was all of it.
      loop.environment().execute(this::headIsKnown);
    } else {
      hasBody = RequestBody.isAnnounced(asked.headers());
      if (hasBody) {
        request.exceptionHandler(this::clientFailed);
        request.pause();
      }
      findRoute();
    }
  }

  private void bodyBegins(Buffer data) {
    first = data;
    request.pause();
  }

  private void headIsKnown() {
    if (state == State.PLACING) {
      hasBody = !complete && !RequestBody.isKnownEmpty(request);
      if (hasBody) {
        request.pause();
      }
      Http2Heads.faultOf(request)
          .ifPresentOrElse(fault -> answer(HttpAnswer.of(fault)), this::findRoute);
    }
  }

  private void findRoute() {
    route = client.door().routes().of(client.connection().info(), asked).orElse(null);
    record.routed(route);
    if (action().redirectToHttps()) {
      answer(HttpAnswer.redirect(asked));
      return;
    }
    Picker picker = picker();
    if (picker == null) {
      answer(HttpAnswer.of(Rejection.NO_ROUTE));
    } else {
      place(picker.pool());
    }
  }

  private RouteAction action() {
    return route == null ? RouteAction.NONE : route.action();
  }

  private @Nullable Picker picker() {
    return client.connection().listener().picker(route);
  }

  private void place(Pool pool) {
    record.goesTo(pool);
    if (pool.outbound().http().cookie().isOn()) {
      preferred = loop.sessions().backend(pool, asked.headers().getAll(HttpHeaders.COOKIE));
    }
    if (!action().timeout().isZero()) {
      answerBy = loop.environment().after(action().timeout().toMillis());
    }
    ClientKey key = client.connection().key(pool.rules().balancing().hashOn());
    Placing looking =
        new Placing(
            loop.environment(),
            pool,
            () -> choice(pool, key),
            client.connection().greeting(pool),
            this);
    placing = looking;
    look();
    looking.begin();
  }

  /** As the pool is now, where the listener still leads the client to it. */
  private Choice choice(Pool first, ClientKey key) {
    Picker now = picker();
    if (now == null || !now.pool().name().equals(first.name())) {
      return Choice.none();
    }
    return now.choose(key, preferred);
  }

  // A place on a backend.

  @Override
  public boolean reuses(Lease lease) {
    KeptConnection kept = loop.backends().take(lease);
    if (kept != null) {
      ask(lease, kept);
    }
    return kept != null;
  }

  @Override
  public void connected(Lease lease, Stream backend) {
    loop.backends()
        .adopt(lease, backend)
        .onSuccess(connection -> ask(lease, connection))
        .onFailure(cause -> notSpoken(lease, cause));
  }

  private void notSpoken(Lease lease, Throwable cause) {
    log.debug("a backend does not speak HTTP", cause);
    lease.failed("no HTTP: " + cause.getMessage());
    lease.release();
    if (state == State.PLACING) {
      placing().again();
    }
  }

  @Override
  public void refused(Rejection why) {
    answer(wasAsked ? HttpAnswer.backendFailed() : HttpAnswer.of(why));
  }

  private Placing placing() {
    if (placing == null) {
      throw new IllegalStateException("has not looked for a place");
    }
    return placing;
  }

  // To the backend.

  private void ask(Lease lease, KeptConnection connection) {
    lease.connected();
    loop.backends()
        .open(connection, loop.context())
        .onSuccess(stream -> ask(lease, connection, stream))
        .onFailure(cause -> notOpened(lease, connection));
  }

  private void notOpened(Lease lease, KeptConnection connection) {
    connection.spend();
    loop.backends().giveBack(connection);
    lease.lost();
    lease.release();
    if (state == State.PLACING) {
      placing().again();
    }
  }

  private void ask(Lease lease, KeptConnection connection, HttpClientStream stream) {
    if (state != State.PLACING) {
      // The client has gone in the meantime.
      stream.reset(new GivenUpException());
      connection.spend();
      loop.backends().giveBack(connection);
      lease.release();
      return;
    }
    state = State.ASKING;
    wasAsked = true;
    lastMoved = loop.environment().now();
    look();
    relay = new Relay(
            this, loop.environment(), loop.backends(), lease, connection, stream, request);
    record.asks(lease);
    RequestHead head = RequestHead.of(asked, request, client.forwarding(), lease, action(), hasBody);
    if (hasBody) {
      relay.ask(head, first);
    } else {
      relay.ask(head);
    }
  }

  // From the backend.

  @Override
  public void answerBegins(HttpResponseHead head) {
    state = State.ANSWERING;
    record.answered(head.statusCode);
    Relay relaying = relay();
    if (AnswerHead.endsWithConnection(head, request)) {
      client.saysLast();
    }
    AnswerHead.write(head, request, client.isLast());
    Lease lease = relaying.lease();
    if (isNewTo(lease.backend()) && lease.pool().outbound().http().cookie().isOn()) {
      String cookie = loop.sessions().cookie(lease.pool(), lease.backend(), client.isEncrypted());
      request.response().headers().add(HttpHeaders.SET_COOKIE, cookie);
    }
  }

  /** One whose backend is only full for now comes back to it. */
  private boolean isNewTo(Backend backend) {
    return preferred == null
        || (placing().attempts() > 1 && !preferred.name().equals(backend.name()));
  }

  @Override
  public void answerEnded() {
    if (request.isEnded() || !hasBody) {
      over();
    } else {
      linger();
    }
  }

  /** What is on its way still must not reset the connection before the answer is read. */
  private void linger() {
    state = State.LINGERING;
    request.handler(rest -> {});
    request.endHandler(complete -> over());
    request.resume();
    lastMoved = loop.environment().now();
    look();
  }

  @Override
  public void tunnels() {
    record.answered(101);
    state = State.ANSWERING;
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
    lastMoved = loop.environment().now();
    client.connection().active();
  }

  @Override
  public void backendFailed(boolean nothingSent) {
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
    } else if (nothingSent || (asked.isIdempotent() && !hasBody)) {
      state = State.PLACING;
      placing().again();
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
    OwnAnswer.refuse(request, answer, client.door().pages());
    over();
  }

  private void answer(HttpAnswer answer) {
    if (state == State.OVER) {
      return;
    }
    giveUp();
    record.answeredBy(answer);
    OwnAnswer.send(request, answer, client.door().pages(), client.isLast());
    if (hasBody && !request.isEnded()) {
      linger();
    } else {
      over();
    }
  }

  /** The answer was cut, and must not look whole. */
  private void cut(String why) {
    record.cut(why);
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset(Http2Codes.INTERNAL_ERROR);
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
    Placing looking = placing;
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
    record.end(placing);
    return true;
  }

  // Its deadlines.

  @Override
  public void schedule(long due) {
    loop.wheel().schedule(this, Math.min(due, Math.min(answerBy, cutAt)));
  }

  private void look() {
    loop.wheel().schedule(this, due());
  }

  private long due() {
    long idle = loop.environment().timeouts().idle().toMillis();
    long silent =
        state == State.LINGERING
            ? after(LINGER_MILLIS)
            : idle == 0 ? DeadlineWheel.NEVER : after(idle);
    long answer = state == State.ANSWERING ? DeadlineWheel.NEVER : answerBy;
    return Math.min(Math.min(silent, answer), cutAt);
  }

  private long after(long millis) {
    return lastMoved + 1 + (millis + DeadlineWheel.TICK_MILLIS - 1) / DeadlineWheel.TICK_MILLIS;
  }

  /** A tick has come that was asked for. */
  void expired() {
    long now = loop.environment().now();
    boolean looking = placing != null && placing.isUnderWay();
    if (now >= cutAt) {
      timedOut("drain_cut");
    } else if (looking && now < answerBy) {
      placing().expired();
    } else if (now >= due()) {
      timedOut("timeout");
    } else {
      look();
    }
  }

  private void timedOut(String why) {
    if (state == State.ANSWERING) {
      giveUp();
      cut(why);
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
      request.response().reset(Http2Codes.NO_ERROR);
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

  /** Whether that backend has it. */
  boolean isAt(ConnectionOrder.Target target) {
    return relay != null && record.isAt(target);
  }

  void cutWithin(long millis) {
    cutAt = loop.environment().after(millis);
    look();
  }

  void keep() {
    cutAt = DeadlineWheel.NEVER;
  }
}
