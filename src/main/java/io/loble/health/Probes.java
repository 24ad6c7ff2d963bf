package io.loble.health;

import io.loble.config.ActiveCheck;
import io.loble.model.HostPort;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes probes, which share the clients they connect with. Few have probes over HTTP, so what those
 * need is not loaded before it is wanted.
 */
final class Probes {

  private final NetClient net;
  private final Vertx vertx;
  private @Nullable HttpClient http;

  Probes(Vertx vertx) {
    this.net = vertx.createNetClient();
    this.vertx = vertx;
  }

  /** The probe that a check asks for. */
  Probe of(HostPort address, ActiveCheck check) {
    return switch (check.type()) {
      case TCP -> new TcpProbe(net, target(address, check.timeout()));
      case HTTP -> new HttpProbe(http(), address, check.timeout(), check.http());
      case EXPECT ->
          new ExpectProbe(net, target(address, check.timeout()), check.timeout(), check.expect());
    };
  }

  private HttpClient http() {
    HttpClient client = http;
    if (client == null) {
      client = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false));
      http = client;
    }
    return client;
  }

  private static ConnectOptions target(HostPort address, Duration timeout) {
    return new ConnectOptions()
        .setHost(address.host())
        .setPort(address.port())
        .setTimeout(Math.toIntExact(timeout.toMillis()));
  }
}
