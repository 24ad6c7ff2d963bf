package io.loble.health;

import io.loble.config.ActiveCheck;
import io.loble.model.HostPort;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import java.time.Duration;

/** Makes probes, which share the clients they connect with. */
final class Probes {

  private final NetClient net;
  private final HttpClient http;

  Probes(Vertx vertx) {
    this.net = vertx.createNetClient();
    this.http = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false));
  }

  /** The probe that a check asks for. */
  Probe of(HostPort address, ActiveCheck check) {
    return switch (check.type()) {
      case TCP -> new TcpProbe(net, target(address, check.timeout()));
      case HTTP -> new HttpProbe(http, address, check.timeout(), check.http());
      case EXPECT ->
          new ExpectProbe(net, target(address, check.timeout()), check.timeout(), check.expect());
    };
  }

  private static ConnectOptions target(HostPort address, Duration timeout) {
    return new ConnectOptions()
        .setHost(address.host())
        .setPort(address.port())
        .setTimeout(Math.toIntExact(timeout.toMillis()));
  }
}
