package io.loble.deploy;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Path;
import java.util.List;

/** What can be applied from {@code k8s/}. */
final class Worlds {

  static final Path K8S = Path.of("k8s");

  /** The balancer with simulators around it. */
  static final Path SIMULATION = K8S.resolve("overlays/simulation");

  /** The balancer with TLS towards its clients. */
  static final Path TLS = K8S.resolve("overlays/tls");

  /** The balancer with the right to ask which pods a Service has. */
  static final Path DISCOVERY = K8S.resolve("overlays/discovery");

  /** The balancer alone, the simulation, TLS, and backends that are found. */
  static final List<Path> ROOTS = List.of(K8S, SIMULATION, TLS, DISCOVERY);

  static final Path OPERATOR = K8S.resolve("options/prometheus-operator");

  /** Scales by CPU. */
  static final Path AUTOSCALER = K8S.resolve("options/autoscaler");

  /** Scales by connections too, instead. */
  static final Path CONNECTIONS = K8S.resolve("options/prometheus-adapter");

  /** Lets the balancer ask in which zone it is. */
  static final Path ZONE = K8S.resolve("options/zone");

  static final Path ADAPTER = CONNECTIONS.resolve("values.yaml");

  static final String BALANCER = "loble";

  private Worlds() {}

  static Manifests of(Path root) {
    return Manifests.compose(Kustomization.in(root));
  }

  static Deployment balancer(Manifests manifests) {
    return manifests.one(Deployment.class, BALANCER);
  }
}
