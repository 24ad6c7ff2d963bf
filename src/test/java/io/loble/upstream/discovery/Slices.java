package io.loble.upstream.discovery;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** EndpointSlices as Kubernetes makes them, with the types that fabric8 has of them. */
final class Slices {

  private Slices() {}

  /** A slice of a service with the port "pg". */
  static EndpointSliceBuilder slice(String name, String addressType, Endpoint... endpoints) {
    return withoutPort(name, addressType, endpoints)
        .addNewPort()
        .withName("pg")
        .withPort(5432)
        .withProtocol("TCP")
        .endPort();
  }

  static EndpointSliceBuilder ipv4(String name, Endpoint... endpoints) {
    return slice(name, "IPv4", endpoints);
  }

  static EndpointSliceBuilder ipv6(String name, Endpoint... endpoints) {
    return slice(name, "IPv6", endpoints);
  }

  static EndpointSliceBuilder withoutPort(String name, String addressType, Endpoint... endpoints) {
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("shop")
        .addToLabels("kubernetes.io/service-name", "postgres")
        .endMetadata()
        .withAddressType(addressType)
        .withEndpoints(List.of(endpoints));
  }

  /** One that takes connections. */
  static Endpoint ready(String pod, String address) {
    return endpoint(pod, address, true, true, false).build();
  }

  /**
   * One in any condition.
   *
   * @param pod empty for an endpoint that is no pod
   */
  static EndpointBuilder endpoint(
      String pod,
      String address,
      @Nullable Boolean ready,
      @Nullable Boolean serving,
      @Nullable Boolean terminating) {
    EndpointBuilder endpoint =
        new EndpointBuilder()
            .withAddresses(address)
            .withNewConditions(ready, serving, terminating)
            .withNodeName("node-1");
    return pod.isEmpty()
        ? endpoint
        : endpoint
            .withNewTargetRef()
            .withKind("Pod")
            .withName(pod)
            .withNamespace("shop")
            .endTargetRef();
  }

  /** What Loble reads of it. */
  static EndpointSlice read(EndpointSliceBuilder slice) {
    return SliceReader.read(json(slice));
  }

  static JsonObject json(EndpointSliceBuilder slice) {
    return new JsonObject(Serialization.asJson(slice.build()));
  }
}
