package io.loble.http;

import io.loble.config.ListenerConfig;
import io.loble.net.DeadlineWheel;
import io.loble.proxy.ListenerState;
import io.loble.proxy.LoopEnvironment;
import io.loble.proxy.RequestClient;
import io.loble.proxy.RequestServer;
import io.loble.proxy.ServedClient;
import io.loble.upstream.ConnectionOrder;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.WeakHashMap;

/** Answers the requests of one event loop's clients. */
public final class RequestLoop implements RequestServer {

  private final LoopEnvironment environment;
  private final ContextInternal context;
  private final BackendConnections backends;
  private final LateHeads heads;
  private final Gzips gzips = new Gzips();
  private final StickySessions sessions = new StickySessions();
  private final DeadlineWheel<Exchange> wheel = new DeadlineWheel<>(Exchange::expired);

  /** By listener; those of listeners that are gone go with them. */
  private final WeakHashMap<ListenerState, HttpDoor> doors = new WeakHashMap<>();

  /** That of the event loop of an environment. */
  public RequestLoop(LoopEnvironment environment) {
    this.environment = environment;
    this.context = (ContextInternal) environment.vertx().getOrCreateContext();
    this.backends = new BackendConnections(environment);
    this.heads = new LateHeads(environment);
  }

  /** That of the event loop. */
  ContextInternal context() {
    return context;
  }

  LoopEnvironment environment() {
    return environment;
  }

  BackendConnections backends() {
    return backends;
  }

  /** What compresses answers. */
  Gzips gzips() {
    return gzips;
  }

  /** The answers whose heads are not sent as yet. */
  LateHeads heads() {
    return heads;
  }

  StickySessions sessions() {
    return sessions;
  }

  /** The deadlines of the requests that are under way. */
  DeadlineWheel<Exchange> wheel() {
    return wheel;
  }

  @Override
  public ServedClient serve(RequestClient client) {
    Client served = new Client(this, door(client.listener()), client);
    served.serve();
    return served;
  }

  private HttpDoor door(ListenerState listener) {
    ListenerConfig config = listener.config();
    HttpDoor known = doors.get(listener);
    if (known == null || !known.isOf(config)) {
      known = new HttpDoor(environment.vertx(), config);
      doors.put(listener, known);
    }
    return known;
  }

  @Override
  public void tick(long tick) {
    wheel.advanceTo(tick);
  }

  @Override
  public void everySecond() {
    backends.everySecond();
    sessions.everySecond();
  }

  @Override
  public void carryOut(ConnectionOrder order) {
    List<Exchange> concerned =
        wheel.entries().stream().filter(exchange -> exchange.isMeantBy(order)).toList();
    if (order instanceof ConnectionOrder.CloseWithin close) {
      backends.drop(order);
      concerned.forEach(exchange -> exchange.cutWithin(close.millis()));
    } else if (order instanceof ConnectionOrder.Keep) {
      concerned.forEach(Exchange::keep);
    }
  }
}
