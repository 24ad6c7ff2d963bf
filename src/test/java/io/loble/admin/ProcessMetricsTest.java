package io.loble.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.config.AdminConfig;
import io.loble.config.MetricsConfig;
import io.loble.model.HostPort;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import org.junit.jupiter.api.Test;

class ProcessMetricsTest {

  private static final HostPort ANY = new HostPort("127.0.0.1", 0);

  @Test
  void vertxsOwnMetersStandOnThePageWithoutThoseOfSockets() {
    Vertx vertx =
        Vertx.builder()
            .with(new VertxOptions().setMetricsOptions(ProcessMetrics.vertxOptions()))
            .withMetrics(ProcessMetrics.vertxFactory())
            .build();
    try {
      AdminServer server =
          Admins.server(vertx, "lb", new AdminConfig(ANY, ""), new MetricsConfig(true, ANY));
      server.start().await();
      vertx.createNetServer().connectHandler(socket -> socket.close()).listen(0).await();

      MetricsText page = MetricsText.parse(Web.get(server.address(), "/metrics").body());

      assertThat(page.types().keySet())
          .anyMatch(name -> name.startsWith("vertx_eventbus_"))
          .noneMatch(name -> name.startsWith("vertx_net_"));
    } finally {
      vertx.close().await();
    }
  }
}
