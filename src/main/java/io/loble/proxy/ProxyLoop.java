package io.loble.proxy;

import io.loble.model.Histogram;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One event loop of the data plane, as the rest of the process sees it. May be used from any
 * thread; futures complete on the caller's context.
 */
public final class ProxyLoop {

  private final int number;
  private final LoopClock clock;
  private final LiveSessions sessions;
  private final Context context;

  /**
   * @param context the event loop's, on which the sessions are asked
   */
  ProxyLoop(int number, LoopClock clock, LiveSessions sessions, Context context) {
    this.number = number;
    this.clock = clock;
    this.sessions = sessions;
    this.context = context;
  }

  int number() {
    return number;
  }

  /** {@code w1}, {@code w2} and so on. */
  public String name() {
    return "w" + number;
  }

  /** How late it was with what it had to do. */
  public Histogram lagSeconds() {
    return clock.lagSeconds();
  }

  /** Its live connections. */
  public Future<LiveConnections> connections(LiveConnections.Query query) {
    return ask(() -> sessions.connections(query));
  }

  /** Its live connections, added up by client. */
  public Future<LiveClients> clients(LiveConnections.Query query) {
    return ask(() -> sessions.clients(query));
  }

  /**
   * Closes one of its connections with a reset.
   *
   * @return the connection as it was before; nothing when there was none of that number
   */
  public Future<Optional<LiveConnection>> close(long connection) {
    return ask(() -> sessions.close(connection));
  }

  private <T> Future<T> ask(Supplier<T> question) {
    Vertx vertx = context.owner();
    Promise<T> answer = ((ContextInternal) vertx.getOrCreateContext()).promise();
    context.runOnContext(
        here -> {
          try {
            answer.complete(question.get());
          } catch (RuntimeException e) {
            answer.fail(e);
          }
        });
    return answer.future();
  }
}
