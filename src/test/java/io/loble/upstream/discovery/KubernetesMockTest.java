package io.loble.upstream.discovery;

import static io.loble.upstream.discovery.Slices.ipv4;
import static io.loble.upstream.discovery.Slices.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.ListMetaBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceListBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.loble.config.DiscoverySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists and watches are asked for and read as fabric8's API server has them. */
class KubernetesMockTest {

  private static final String LIST =
      "/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices"
          + "?labelSelector=kubernetes.io%2Fservice-name%3Dpostgres";

  private static final String WATCH =
      LIST + "&watch=true&allowWatchBookmarks=true&timeoutSeconds=60&resourceVersion=";

  private final KubernetesMockServer server = new KubernetesMockServer(false);

  private final CountDownLatch end = new CountDownLatch(1);

  @BeforeEach
  void start() {
    server.init();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.destroy();
  }

  /** A watch that does not end before the test. */
  private String untilTheEnd() {
    try {
      return String.valueOf(end.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static EndpointSlice slice(String version, EndpointSliceBuilder slice) {
    return slice.editMetadata().withResourceVersion(version).endMetadata().build();
  }

  private void lists(String version, EndpointSliceBuilder slice) {
    server
        .expect()
        .get()
        .withPath(LIST)
        .andReturn(
            200,
            new EndpointSliceListBuilder()
                .withMetadata(new ListMetaBuilder().withResourceVersion(version).build())
                .withItems(slice(version, slice))
                .build())
        .once();
  }

  private static String event(String type, KubernetesResource object) {
    return Serialization.asJson(new WatchEvent(object, type)).replace("\n", "") + "\n";
  }

  @Test
  void whatIsForgottenIsListedAgain() throws InterruptedException {
    lists("1", ipv4("a", ready("db-0", "10.0.0.1")));
    server
        .expect()
        .get()
        .withPath(WATCH + "1")
        .andReturn(
            200,
            event("MODIFIED", slice("2", ipv4("a", ready("db-1", "10.0.0.2"))))
                + event("ADDED", slice("3", ipv4("b", ready("db-2", "10.0.0.3"))))
                + event("BOOKMARK", slice("7", new EndpointSliceBuilder())))
        .once();
    server
        .expect()
        .get()
        .withPath(WATCH + "7")
        .andReturn(
            200,
            event("DELETED", slice("8", ipv4("a")))
                + event("ERROR", new StatusBuilder().withCode(410).withMessage("too old").build()))
        .once();
    lists("20", ipv4("c", ready("db-9", "10.0.0.9")));
    server.expect().get().withPath(WATCH + "20").andReply(200, request -> untilTheEnd()).once();
    DiscoverySource.Kubernetes source =
        new DiscoverySource.Kubernetes(
            "shop", "postgres", "", false, "", server.url("/").replaceAll("/$", ""));
    KubernetesTimes times = new KubernetesTimes(5_000, 60, 60_000, 0, 20, 40);
    try (Heard heard = new Heard(source, Map.of(), times)) {
      heard.waitFor("db-9");
      List<String> asked = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        asked.add(server.takeRequest().getPath());
      }
      assertThat(asked).containsExactly(LIST, WATCH + "1", WATCH + "7", LIST, WATCH + "20");
    }
  }
}
