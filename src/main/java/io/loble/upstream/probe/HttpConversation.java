package io.loble.upstream.probe;

import io.loble.config.ActiveCheck.HttpCheck;
import io.loble.model.Address;
import io.loble.model.UnixPath;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/** A GET that is to be answered with an accepted status; the body is not waited for. */
record HttpConversation(Address address, HttpCheck check)
    implements Conversation<HttpClientConnection> {

  @Override
  public Future<Void> hold(HttpClientConnection connection) {
    return connection
        .request(request())
        .compose(HttpClientRequest::send)
        .map(HttpConversation::statusOf)
        .compose(this::judge);
  }

  private RequestOptions request() {
    return new RequestOptions()
        .setMethod(HttpMethod.GET)
        .setURI(check.path())
        .putHeader(HttpHeaders.HOST, host());
  }

  /** The Host header. */
  String host() {
    if (!check.host().isEmpty()) {
      return check.host();
    }
    return address instanceof UnixPath ? "localhost" : address.toString();
  }

  /** Without a handler Vert.x logs as an error that the rest of the answer was not awaited. */
  private static int statusOf(HttpClientResponse response) {
    return response.exceptionHandler(reset -> {}).statusCode();
  }

  /** Whether that is an accepted status. */
  Future<Void> judge(int status) {
    if (status >= check.minStatus() && status <= check.maxStatus()) {
      return Future.succeededFuture();
    }
    return Future.failedFuture("GET " + check.path() + " was answered with " + status);
  }
}
