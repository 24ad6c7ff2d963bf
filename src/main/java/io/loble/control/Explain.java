package io.loble.control;

import io.loble.balancer.Explanation;
import io.loble.balancer.Explanation.Candidate;
import io.loble.balancer.Explanation.LeftOut;
import io.loble.model.Backend;
import io.loble.model.Condition;
import io.loble.model.Outbound;
import io.loble.model.Pool;
import io.loble.model.PoolTls;
import io.loble.model.Rejection;
import io.loble.model.Snapshot;
import io.loble.model.Standing;
import io.loble.proxy.ClientInfo;
import io.loble.proxy.ClientVerdict;
import io.loble.proxy.Explainer;
import io.loble.proxy.ListenerRegistry;
import io.loble.proxy.RequestUse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says which backend a client would get now, and why not another. */
final class Explain implements Command {

  private static final String DEFAULT_LISTENER = "default";

  private final Vertx vertx;
  private final RunningBalancer balancer;
  private final Explainer explainer;

  Explain(Vertx vertx, RunningBalancer balancer) {
    this.vertx = vertx;
    this.balancer = balancer;
    this.explainer = new Explainer(vertx);
  }

  @Override
  public String name() {
    return "explain";
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    arguments.allowOnly("client", "listener", "sni", "alpn", "host", "path", "method");
    String client = arguments.text("client");
    InetAddress address =
        Explainer.client(client)
            .orElseThrow(
                () ->
                    CommandException.invalidArgument(
                        "client: expected an IP address such as 10.0.0.7, found the string \""
                            + client
                            + '"'));
    ListenerRegistry.Entry listener = listener(arguments.optionalText("listener"));
    ClientInfo info = new ClientInfo(address, serverName(arguments), protocols(arguments));
    StatedRequest request = request(listener, arguments);
    JsonObject asked =
        new JsonObject()
            .put("client", client)
            .put("listener", listener.name())
            .put("sni", info.serverName())
            .put("alpn", new JsonArray(info.alpn()))
            .put("method", request == null ? null : request.method())
            .put("host", request == null ? null : request.host())
            .put("path", request == null ? null : request.path());
    return vertx.executeBlocking(() -> routed(asked, listener, address, info, request), false);
  }

  /** What the client asks for; null where that does not matter. */
  private static @Nullable StatedRequest request(
      ListenerRegistry.Entry listener, Arguments arguments) {
    if (RequestUse.isBalanced(listener)) {
      return StatedRequest.of(arguments);
    }
    StatedRequest.refuse(arguments, listener.name());
    return null;
  }

  private static @Nullable String serverName(Arguments arguments) {
    return arguments
        .optionalText("sni")
        .map(name -> name.toLowerCase(Locale.ROOT))
        .map(name -> name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
        .orElse(null);
  }

  /** With commas between, the most preferred first. */
  private static List<String> protocols(Arguments arguments) {
    return arguments
        .optionalText("alpn")
        .map(
            names ->
                Arrays.stream(names.split(",", -1))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .toList())
        .orElse(List.of());
  }

  private ListenerRegistry.Entry listener(Optional<String> name) {
    List<ListenerRegistry.Entry> open = balancer.listeners();
    if (name.isEmpty() && open.size() == 1) {
      return open.get(0);
    }
    List<String> names = open.stream().map(ListenerRegistry.Entry::name).toList();
    if (name.isEmpty() && !names.isEmpty() && !names.contains(DEFAULT_LISTENER)) {
      throw CommandException.invalidArgument(
          "listener: missing; name one of " + String.join(", ", names));
    }
    String wanted = name.orElse(DEFAULT_LISTENER);
    return open.stream()
        .filter(entry -> entry.name().equals(wanted))
        .findFirst()
        .orElseThrow(() -> CommandException.unknown("listener", wanted, names));
  }

  private JsonObject routed(
      JsonObject asked,
      ListenerRegistry.Entry listener,
      InetAddress address,
      ClientInfo hello,
      @Nullable StatedRequest request) {
    ExplainedTls tls = ExplainedTls.of(listener, hello);
    ClientInfo client = tls.client();
    tls.put(asked, Instant.now());
    ExplainedRoute route = ExplainedRoute.of(listener, client, request);
    route.put(asked);
    String pool = route.pool(listener);
    ClientVerdict verdict = tls.verdict(listener.gate().verdict(address));
    return pool.isEmpty()
        ? withoutPool(asked, verdict, route.redirects() ? null : Rejection.NO_ROUTE)
        : explained(asked, pool, client, verdict);
  }

  private JsonObject withoutPool(
      JsonObject asked, ClientVerdict verdict, @Nullable Rejection otherwise) {
    Rejection refused = verdict.rejection() == null ? otherwise : verdict.rejection();
    asked
        .put("pool", null)
        .put("algorithm", null)
        .put("snapshot_version", balancer.snapshot().version())
        .put("backend", null)
        .put("certain", true)
        .put("rejected", refused == null ? null : refused.label())
        .put("waits_behind", null)
        .put("why", verdict.why())
        .put("network", verdict.network() == null ? null : verdict.network().toString());
    return OutboundView.put(asked, Outbound.PLAIN)
        .put("backend_tls", TlsView.word(PoolTls.OFF))
        .put("candidates", new JsonArray())
        .put("left_out", new JsonArray());
  }

  private JsonObject explained(
      JsonObject asked, String poolName, ClientInfo client, ClientVerdict verdict) {
    Snapshot snapshot = balancer.snapshot();
    Pool pool = snapshot.pool(poolName);
    if (pool == null) {
      throw CommandException.unknown("pool", poolName, snapshot.pools().keySet());
    }
    Rejection refused = verdict.rejection();
    Explanation explanation =
        refused == null
            ? explainer.explain(pool, client)
            : new Explanation(List.of(), List.of(), refused);
    Backend first = explanation.first();
    JsonArray candidates = new JsonArray();
    explanation.candidates().forEach(candidate -> candidates.add(json(candidate)));
    JsonArray leftOut = new JsonArray();
    explanation.leftOut().forEach(left -> leftOut.add(json(left)));
    asked
        .put("pool", pool.name())
        .put("algorithm", pool.algorithm().label())
        .put("snapshot_version", snapshot.version())
        .put("backend", first == null ? null : first.name())
        .put("certain", explanation.isCertain())
        .put("rejected", explanation.rejection() == null ? null : explanation.rejection().label())
        .put("waits_behind", explanation.waits() ? pool.stats().room().waiting() : null)
        .put("why", verdict.why())
        .put("network", verdict.network() == null ? null : verdict.network().toString());
    return OutboundView.put(asked, pool.outbound())
        .put("backend_tls", TlsView.word(pool.outbound().tls()))
        .put("candidates", candidates)
        .put("left_out", leftOut);
  }

  private static JsonObject json(Candidate candidate) {
    Backend backend = candidate.backend();
    return new JsonObject()
        .put("name", backend.name())
        .put("address", backend.address().toString())
        .put("weight", backend.weight())
        .put("active", backend.stats().admission().active())
        .put("chance", candidate.chance())
        .put("trial", candidate.trial());
  }

  private static JsonObject json(LeftOut left) {
    Backend backend = left.backend();
    boolean isIn = backend.state().inRotation();
    Standing standing = isIn ? null : backend.stats().health().standing();
    return new JsonObject()
        .put("name", backend.name())
        .put("address", backend.address().toString())
        .put("reason", left.condition().label())
        .put("since", standing == null ? null : standing.sinceText())
        .put("detail", detail(left, standing));
  }

  private static @Nullable String detail(LeftOut left, @Nullable Standing standing) {
    Backend backend = left.backend();
    if (left.condition() == Condition.NO_WEIGHT) {
      return "its weight is 0";
    }
    if (left.condition() == Condition.STANDBY) {
      return "level " + backend.priority();
    }
    if (left.condition() == Condition.FULL) {
      return "%d of %d connections"
          .formatted(backend.stats().admission().active(), backend.maxConnections());
    }
    return standing == null || standing.why().isEmpty() ? null : standing.why();
  }
}
