package io.loble.control;

import io.loble.net.UnixPeer;
import io.loble.proxy.LiveClients;
import io.loble.proxy.LiveClients.Share;
import io.loble.proxy.LiveConnections;
import io.loble.proxy.ProxyLoop;
import io.loble.proxy.ProxyLoops;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists the clients with the most live connections. */
final class ClientList implements Command {

  private static final long LIMIT = 20;
  private static final long MOST = 1_000;
  private static final String WITHOUT_ADDRESS = UnixPeer.INSTANCE.toString();

  private static final Comparator<Map.Entry<Optional<InetAddress>, Share>> MOST_FIRST =
      Comparator.<Map.Entry<Optional<InetAddress>, Share>>comparingLong(
              entry -> entry.getValue().connections())
          .reversed()
          .thenComparing(
              entry -> entry.getKey().map(InetAddress::getHostAddress).orElse(WITHOUT_ADDRESS));

  private final Vertx vertx;
  private final ProxyLoops loops;
  private final LiveQuery queries;

  ClientList(Vertx vertx, RunningBalancer balancer) {
    this.vertx = vertx;
    this.loops = new ProxyLoops(vertx);
    this.queries = new LiveQuery(balancer);
  }

  @Override
  public String name() {
    return "client.list";
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    LiveConnections.Query query = queries.of(arguments, LIMIT, MOST);
    List<Future<LiveClients>> parts = loops.all().stream().map(loop -> part(loop, query)).toList();
    return Future.all(parts)
        .compose(all -> vertx.executeBlocking(() -> answer(all.<LiveClients>list(), query), false));
  }

  private static Future<LiveClients> part(ProxyLoop loop, LiveConnections.Query query) {
    return LoopAnswer.of(loop, loop.clients(query));
  }

  private JsonObject answer(List<LiveClients> parts, LiveConnections.Query query) {
    long total = parts.stream().mapToLong(LiveClients::total).sum();
    if (total == 0) {
      queries.checkNames(query);
    }
    Map<Optional<InetAddress>, Share> all = new HashMap<>();
    parts.forEach(part -> part.byAddress().forEach((c, share) -> all.merge(c, share, Share::plus)));
    JsonArray clients = new JsonArray();
    all.entrySet().stream()
        .sorted(MOST_FIRST)
        .limit(query.limit())
        .forEach(entry -> clients.add(json(entry.getKey(), entry.getValue())));
    return new JsonObject()
        .put("total", total)
        .put("distinct", all.size())
        .put("complete", parts.stream().allMatch(LiveClients::complete))
        .put("clients", clients);
  }

  private static JsonObject json(Optional<InetAddress> client, Share share) {
    return new JsonObject()
        .put("client", client.map(NetUtil::toAddressString).orElse(WITHOUT_ADDRESS))
        .put("connections", share.connections())
        .put("oldest_ms", (System.nanoTime() - share.oldestNanos()) / 1_000_000)
        .put("bytes_to_backend", share.bytesToBackend())
        .put("bytes_to_client", share.bytesToClient());
  }
}
