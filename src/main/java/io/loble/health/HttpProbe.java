package io.loble.health;

import io.loble.config.ActiveCheck.HttpCheck;
import io.loble.model.HostPort;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Succeeds when a GET is answered with an accepted status; the body is not waited for. */
record HttpProbe(
    ProbeConnector connector,
    HttpClient client,
    HostPort address,
    Duration timeout,
    HttpCheck check)
    implements Probe, ProbeConnector.Dial<HttpClientRequest> {

  @Override
  public Future<Void> run() {
    return connector.connect(address, timeout, this).compose(this::exchange);
  }

  @Override
  public Future<HttpClientRequest> connect(SocketAddress server) {
    return client.request(request().setServer(server));
  }

  @Override
  public void dispose(HttpClientRequest request) {
    request.reset();
  }

  private RequestOptions request() {
    return new RequestOptions()
        .setMethod(HttpMethod.GET)
        .setHost(address.host())
        .setPort(address.port())
        .setURI(check.path())
        .setConnectTimeout(timeout.toMillis())
        .putHeader(HttpHeaders.HOST, check.host().isEmpty() ? address.toString() : check.host());
  }

  private Future<Void> exchange(HttpClientRequest request) {
    return request
        .send()
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .map(HttpProbe::statusOf)
        .eventually(request::reset)
        .compose(this::judge);
  }

  /** Without a handler Vert.x logs as an error that the rest of the answer was not awaited. */
  private static int statusOf(HttpClientResponse response) {
    return response.exceptionHandler(reset -> {}).statusCode();
  }

  private Future<Void> judge(int status) {
    if (status >= check.minStatus() && status <= check.maxStatus()) {
      return Future.succeededFuture();
    }
    return Future.failedFuture("GET " + check.path() + " was answered with " + status);
  }
}
