package io.loble.control;

import io.loble.proxy.LiveConnection;
import io.loble.proxy.LiveConnections;
import io.loble.proxy.ProxyLoop;
import io.loble.proxy.ProxyLoops;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;

/** Lists live connections, the oldest first. */
final class ConnectionList implements Command {

  private static final long LIMIT = 100;
  private static final long MOST = 10_000;

  private final Vertx vertx;
  private final ProxyLoops loops;
  private final LiveQuery queries;

  ConnectionList(Vertx vertx, RunningBalancer balancer) {
    this.vertx = vertx;
    this.loops = new ProxyLoops(vertx);
    this.queries = new LiveQuery(balancer);
  }

  /** What one event loop has answered. */
  private record Part(ProxyLoop loop, LiveConnections found) {}

  /** A connection, and whose it is. */
  private record Row(ProxyLoop loop, LiveConnection connection) {}

  @Override
  public String name() {
    return "connection.list";
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    LiveConnections.Query query = queries.of(arguments, LIMIT, MOST);
    List<Future<Part>> parts = loops.all().stream().map(loop -> part(loop, query)).toList();
    // On a worker: ten thousand of them take an event loop longer than it should stand still.
    return Future.all(parts)
        .compose(all -> vertx.executeBlocking(() -> answer(all.<Part>list(), query), false));
  }

  private static Future<Part> part(ProxyLoop loop, LiveConnections.Query query) {
    return LoopAnswer.of(loop, loop.connections(query)).map(found -> new Part(loop, found));
  }

  private JsonObject answer(List<Part> parts, LiveConnections.Query query) {
    long total = parts.stream().mapToLong(part -> part.found().total()).sum();
    if (total == 0) {
      queries.checkNames(query);
    }
    JsonArray connections = new JsonArray();
    parts.stream()
        .flatMap(part -> part.found().oldest().stream().map(c -> new Row(part.loop(), c)))
        .sorted(Comparator.comparingLong(row -> row.connection().startNanos()))
        .limit(query.limit())
        .forEach(row -> connections.add(LiveView.of(row.loop(), row.connection())));
    return new JsonObject().put("total", total).put("connections", connections);
  }
}
