package io.loble.admin;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.loble.config.AdminConfig;
import io.loble.config.MetricsConfig;
import io.loble.control.SampleBalancer;
import io.loble.model.HostPort;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminServerStartTest {

  private static final HostPort ANY = new HostPort("127.0.0.1", 0);
  private static final HostPort ANY_TOO = new HostPort("localhost", 0);

  private Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void equalAddressesAreServedByOneServer() {
    AdminServer server = started(ANY, new MetricsConfig(true, ANY));

    assertThat(server.metricsAddress()).isEqualTo(server.address());
    assertThat(Web.get(server.address(), "/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  void aMetricsAddressOfItsOwnServesMetricsAndProbesOnly() {
    AdminServer server = started(ANY, new MetricsConfig(true, ANY_TOO));
    HostPort metrics = server.metricsAddress();

    assertThat(metrics.port()).isNotZero().isNotEqualTo(server.address().port());
    assertThat(Web.get(metrics, "/metrics").statusCode()).isEqualTo(200);
    assertThat(Web.get(metrics, "/livez").statusCode()).isEqualTo(200);
    assertThat(Web.get(metrics, "/readyz").statusCode()).isEqualTo(503);
    assertThat(Web.get(metrics, "/api/v1/status").statusCode()).isEqualTo(404);
    assertThat(Web.get(server.address(), "/api/v1/status").statusCode()).isEqualTo(200);
    assertThat(Web.get(server.address(), "/livez").statusCode()).isEqualTo(200);
    assertThat(Web.json(Web.get(server.address(), "/metrics")).getString("detail"))
        .isEqualTo("metrics are served on localhost:0");
  }

  @Test
  void metricsThatAreSwitchedOffAreNotFoundAndNeedNoAddress() {
    AdminServer server = started(ANY, new MetricsConfig(false, ANY_TOO));

    assertThat(server.metricsAddress()).isEqualTo(server.address());
    assertThat(Web.get(server.address(), "/metrics").statusCode()).isEqualTo(404);
    assertThat(Web.header(Web.get(server.address(), "/metrics"), "content-type"))
        .isEqualTo(Problem.MEDIA_TYPE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAddressInUseFailsTheStartByKeyAndAddress(boolean nativeTransport) throws IOException {
    vertx.close().await();
    vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(nativeTransport));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      HostPort address = new HostPort("127.0.0.1", taken.getLocalPort());

      assertThatThrownBy(() -> started(address, new MetricsConfig(true, ANY)))
          .hasMessage("admin.address " + address + ": address already in use");
    }
  }

  @Test
  void aMetricsAddressInUseLeavesNothingOpen() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      HostPort address = new HostPort("127.0.0.1", taken.getLocalPort());
      HostPort free = freeAddress();

      assertThatThrownBy(() -> started(free, new MetricsConfig(true, address)))
          .hasMessage("metrics.address " + address + ": address already in use");
      assertRefused(free);
    }
  }

  @Test
  void anAddressOfAnotherMachineFailsTheStart() {
    HostPort elsewhere = new HostPort("192.0.2.1", 9090);

    assertThatThrownBy(() -> started(elsewhere, new MetricsConfig(true, elsewhere)))
        .hasMessage("admin.address 192.0.2.1:9090: cannot assign requested address");
  }

  @Test
  void stopClosesBothServers() {
    AdminServer server = started(ANY, new MetricsConfig(true, ANY_TOO));
    HostPort admin = server.address();
    HostPort metrics = server.metricsAddress();

    server.stop().await();

    assertRefused(admin);
    assertRefused(metrics);
    assertThatThrownBy(server::address).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void twoBalancersInOneProcessKeepTheirMetricsApart() {
    Vertx other = Vertx.vertx();
    try {
      AdminServer first = started(ANY, new MetricsConfig(true, ANY));
      AdminServer second = start(other, new AdminConfig(ANY, ""), new MetricsConfig(true, ANY));
      new SampleBalancer(other).publish(7);

      assertThat(Web.get(first.address(), "/metrics").body()).contains("snapshot_version 0.0");
      assertThat(Web.get(second.address(), "/metrics").body()).contains("snapshot_version 7.0");
    } finally {
      other.close().await();
    }
  }

  private AdminServer started(HostPort address, MetricsConfig metrics) {
    return start(vertx, new AdminConfig(address, ""), metrics);
  }

  private static AdminServer start(Vertx vertx, AdminConfig admin, MetricsConfig metrics) {
    AdminServer server = Admins.server(vertx, "lb", admin, metrics);
    server.start().await();
    return server;
  }

  private static HostPort freeAddress() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new HostPort("127.0.0.1", free.getLocalPort());
    }
  }

  /** Java's own transport lets go of a closed listening socket only at its selector's next turn. */
  private static void assertRefused(HostPort address) {
    await()
        .atMost(10, SECONDS)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> new Socket(address.host(), address.port()).close())
                    .isInstanceOf(ConnectException.class));
  }
}
