package io.loble.upstream.discovery;

import io.loble.config.DiscoverySource;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The zone that this process is in: what the configuration says, else the variable {@code
 * LOBLE_ZONE}, else the label of the node whose name the variable {@code NODE_NAME} has. Where none
 * of these tells, no zone is preferred, and that is said once; the node is asked again with each
 * watch.
 */
final class OwnZone {

  static final String ZONE = "LOBLE_ZONE";
  static final String NODE = "NODE_NAME";

  private static final Logger log = LoggerFactory.getLogger("loble.discovery");
  private static final String LABEL = "topology.kubernetes.io/zone";

  private final String what;
  private final String node;
  private Optional<String> known;
  private String said = "";

  OwnZone(DiscoverySource.Kubernetes source, Map<String, String> environment) {
    this.what = source.what();
    this.node = environment.getOrDefault(NODE, "").strip();
    this.known = known(source, environment.getOrDefault(ZONE, "").strip());
  }

  private static Optional<String> known(DiscoverySource.Kubernetes source, String variable) {
    if (!source.preferZone()) {
      return Optional.of("");
    }
    String zone = source.zone().isEmpty() ? variable : source.zone();
    return Optional.of(zone).filter(text -> !text.isEmpty());
  }

  /** Empty for no preference. Never fails. */
  Future<String> find(KubernetesApi api) {
    return known.map(Future::succeededFuture).orElseGet(() -> node.isEmpty() ? unset() : ask(api));
  }

  private Future<String> unset() {
    known = Optional.of("");
    return Future.succeededFuture(
        none("neither zone = … nor " + ZONE + " nor " + NODE + " is set"));
  }

  private Future<String> ask(KubernetesApi api) {
    return api.get("/api/v1/nodes/" + node)
        .map(body -> SliceReader.table(new JsonObject(body), "metadata"))
        .map(metadata -> SliceReader.text(SliceReader.table(metadata, "labels"), LABEL))
        .map(zone -> zone.isEmpty() ? none("node " + node + " has no label " + LABEL) : found(zone))
        .otherwise(
            cause ->
                cause instanceof KubernetesException e && !e.isFinal()
                    ? ""
                    : none("node " + node + " does not tell: " + cause.getMessage()));
  }

  private String found(String zone) {
    known = Optional.of(zone);
    return zone;
  }

  private String none(String why) {
    if (!why.equals(said)) {
      said = why;
      log.warn("[discovery] {}: no zone is preferred: {}", what, why);
    }
    return "";
  }
}
