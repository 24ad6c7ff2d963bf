package io.loble.upstream.discovery;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where the API server has a service and its EndpointSlices. */
record ServicePaths(String namespace, String service) {

  /** The service itself. */
  String object() {
    return "/api/v1/namespaces/" + encoded(namespace) + "/services/" + encoded(service);
  }

  /** All its slices. */
  String slices() {
    return "/apis/discovery.k8s.io/v1/namespaces/"
        + encoded(namespace)
        + "/endpointslices?labelSelector="
        + encoded("kubernetes.io/service-name=" + service);
  }

  /** What happens to its slices after that version, until so many seconds have passed. */
  String watch(String version, long seconds) {
    return slices()
        + "&watch=true&allowWatchBookmarks=true&timeoutSeconds="
        + seconds
        + "&resourceVersion="
        + encoded(version);
  }

  @Override
  public String toString() {
    return namespace + "/" + service;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
