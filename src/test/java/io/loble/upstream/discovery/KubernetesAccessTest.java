package io.loble.upstream.discovery;

import static io.loble.upstream.discovery.Slices.ipv4;
import static io.loble.upstream.discovery.Slices.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.DiscoverySource;
import io.loble.tls.TestCertificates;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API server is found, trusted and told who asks, as in a pod or as kubectl does it. */
class KubernetesAccessTest {

  private static final X509Bundle CERTIFICATE =
      TestCertificates.leaf(TestCertificates.AUTHORITY, "localhost", "127.0.0.1");

  private final Map<String, @Nullable String> before = new HashMap<>();
  private final TestCluster cluster =
      new TestCluster(
          new HttpServerOptions()
              .setSsl(true)
              .setKeyCertOptions(
                  new PemKeyCertOptions()
                      .setCertValue(Buffer.buffer(CERTIFICATE.getCertificatePathPEM()))
                      .setKeyValue(Buffer.buffer(CERTIFICATE.getPrivateKeyPEM()))));

  @TempDir private Path files = Path.of("");

  @AfterEach
  void close() {
    cluster.close();
    before.forEach(
        (name, value) -> {
          if (value == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
  }

  /** What a pod has in its environment or in files at fixed places can be a property, too. */
  private void set(String name, Object value) {
    before.putIfAbsent(name, System.getProperty(name));
    System.setProperty(name, value.toString());
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(files.resolve(name), text);
  }

  private void pod(X509Bundle authority) throws IOException {
    set("kubernetes.auth.tryKubeConfig", "false");
    set("KUBERNETES_SERVICE_HOST", "127.0.0.1");
    set("KUBERNETES_SERVICE_PORT", cluster.port());
    set("kubernetes.certs.ca.file", file("ca.crt", authority.getCertificatePathPEM()));
    set("kubenamespace", file("namespace", "shop"));
    set("kubernetes.auth.serviceAccount.token", file("token", "first\n"));
  }

  /** In the namespace of whoever asks. */
  private static Heard found() {
    return new Heard(
        new DiscoverySource.Kubernetes("", "postgres", "", false, "", ""),
        Map.of(),
        new KubernetesTimes(5_000, 60, 60_000, 0, 20, 40));
  }

  private void waitForWatch() {
    Awaitility.await()
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(cluster.watches()).isEqualTo(1));
  }

  @Test
  void inAPodByTheServiceAccountWhoseTokenChanges() throws IOException {
    pod(TestCertificates.AUTHORITY);
    cluster.put(ipv4("a", ready("db-0", "10.0.0.1")));
    try (Heard heard = found()) {
      heard.waitFor("db-0");
      waitForWatch();
      assertThat(cluster.authorization()).isEqualTo("Bearer first");
      file("token", "second");
      cluster.endWatches();
      waitForWatch();
      assertThat(cluster.authorization()).isEqualTo("Bearer second");
    }
  }

  @Test
  void anApiServerThatIsAnotherOneIsNotTrusted() throws IOException {
    pod(TestCertificates.STRANGER);
    try (Heard heard = found()) {
      heard.waitForFailure("cannot reach the API server https://127.0.0.1:" + cluster.port());
      assertThat(cluster.asked()).isEmpty();
    }
  }

  @Test
  void elsewhereByTheKubeconfig() throws IOException {
    String ca =
        Base64.getEncoder()
            .encodeToString(
                TestCertificates.AUTHORITY
                    .getCertificatePathPEM()
                    .getBytes(StandardCharsets.UTF_8));
    set(
        "kubeconfig",
        file(
            "config",
            """
            apiVersion: v1
            kind: Config
            current-context: there
            contexts:
              - name: there
                context: { cluster: there, user: me, namespace: shop }
            clusters:
              - name: there
                cluster: { server: "https://localhost:%d", certificate-authority-data: %s }
            users:
              - name: me
                user: { token: mine }
            """
                .formatted(cluster.port(), ca)));
    cluster.put(ipv4("a", ready("db-0", "10.0.0.1")));
    try (Heard heard = found()) {
      heard.waitFor("db-0");
      assertThat(cluster.authorization()).isEqualTo("Bearer mine");
    }
  }

  @Test
  void aKubeconfigThatIsNoneIsSaid() throws IOException {
    set("kubeconfig", file("config", "clusters: [1, 2"));
    try (Heard heard = found()) {
      heard.waitForFailure("cannot use the service account or the kubeconfig: while parsing");
    }
  }

  @Test
  void whereThereIsNoClusterThatIsSaid() {
    set("kubeconfig", files.resolve("none"));
    try (Heard heard = found()) {
      heard.waitFor(
          "failed: there is neither the token of a service account of Kubernetes here nor a kubeconfig");
    }
  }
}
