package io.loble.control;

import io.loble.balancer.Explanation;
import io.loble.balancer.Explanation.Candidate;
import io.loble.balancer.Explanation.LeftOut;
import io.loble.model.Backend;
import io.loble.model.Condition;
import io.loble.model.Pool;
import io.loble.model.Snapshot;
import io.loble.model.Standing;
import io.loble.proxy.Explainer;
import io.loble.proxy.ListenerRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.util.List;
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
    arguments.allowOnly("client", "listener");
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
    JsonObject asked = new JsonObject().put("client", client).put("listener", listener.name());
    return vertx.executeBlocking(() -> explained(asked, listener.pool(), address), false);
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

  private JsonObject explained(JsonObject asked, String poolName, InetAddress client) {
    Snapshot snapshot = balancer.snapshot();
    Pool pool = snapshot.pool(poolName);
    if (pool == null) {
      throw CommandException.unknown("pool", poolName, snapshot.pools().keySet());
    }
    Explanation explanation = explainer.explain(pool, client);
    Backend first = explanation.first();
    JsonArray candidates = new JsonArray();
    explanation.candidates().forEach(candidate -> candidates.add(json(candidate)));
    JsonArray leftOut = new JsonArray();
    explanation.leftOut().forEach(left -> leftOut.add(json(left)));
    return asked
        .put("pool", pool.name())
        .put("algorithm", pool.algorithm().label())
        .put("snapshot_version", snapshot.version())
        .put("backend", first == null ? null : first.name())
        .put("certain", explanation.isCertain())
        .put("rejected", explanation.rejection() == null ? null : explanation.rejection().label())
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
    if (left.condition() == Condition.FULL) {
      return "%d of %d connections"
          .formatted(backend.stats().admission().active(), backend.maxConnections());
    }
    return standing == null || standing.why().isEmpty() ? null : standing.why();
  }
}
