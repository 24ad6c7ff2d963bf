package io.loble.sim.client;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A client of HTTP. It keeps its connection, and makes another only when an answer says that its
 * connection ends with it.
 */
final class HttpSession extends RoundSession {

  /** Names the simulated server that has answered. */
  static final String SERVER = "X-Server";

  private static final int OK = 200;

  private final Site site;
  private final HttpScript script;
  private @Nullable HttpClientConnection connection;

  HttpSession(
      Site site,
      Choices.Choice choice,
      HttpScript script,
      Plan plan,
      BiConsumer<Session, Outcome> onEnd) {
    super(site, choice, plan, onEnd, script.thinkingMillis());
    this.site = site;
    this.script = script;
  }

  @Override
  void connect() {
    HostAndPort authority = site.httpTarget().authority(site.target());
    HttpConnectOptions options =
        new HttpConnectOptions()
            .setServer(SocketAddress.inetSocketAddress(site.target().port(), site.target().host()))
            .setHost(authority.host())
            .setPort(authority.port());
    site.http()
        .connect(options)
        .onSuccess(this::connected)
        .onFailure(cause -> end(Outcome.CONNECT));
  }

  private void connected(HttpClientConnection made) {
    connection = made;
    made.closeHandler(
        ignored -> {
          if (connection == made) {
            end(Outcome.CLOSED);
          }
        });
    made.exceptionHandler(
        cause -> {
          if (connection == made) {
            failed(cause);
          }
        });
    connected();
  }

  @Override
  void ask(int number) {
    HttpClientConnection current = connection;
    if (current == null) {
      reconnect();
      return;
    }
    boolean echo = script.body(number) != HttpScript.NO_BODY;
    RequestOptions options =
        new RequestOptions()
            .setMethod(echo ? HttpMethod.POST : HttpMethod.GET)
            .setURI(site.httpTarget().path() + (echo ? "/echo" : "/"));
    current.request(options).onSuccess(request -> send(request, number)).onFailure(this::failed);
  }

  private void send(HttpClientRequest request, int number) {
    request.exceptionHandler(this::failed);
    request.response().onSuccess(response -> receive(response, number)).onFailure(this::failed);
    int length = script.body(number);
    if (length == HttpScript.NO_BODY) {
      request.end();
      return;
    }
    sent(length);
    if (script.isChunked(number)) {
      request.setChunked(true);
      request.write(script.noise().bytes(0, length / 2));
      request.end(script.noise().bytes(length / 2, length - length / 2));
    } else {
      request.end(script.noise().bytes(0, length));
    }
  }

  private void receive(HttpClientResponse response, int number) {
    if (isOver() || isRefused(response.statusCode(), OK)) {
      return;
    }
    String server = response.getHeader(SERVER);
    if (server == null) {
      wrong(Mismatch.between(SERVER, "no " + SERVER));
      return;
    }
    int length = script.body(number);
    Comparison body =
        new Comparison(
            length == HttpScript.NO_BODY
                ? new Answer.Text("server " + server + "\n")
                : new Answer.Bulk(script.noise(), length));
    response.exceptionHandler(this::failed);
    response.handler(bytes -> receive(body, bytes));
    response.endHandler(ignored -> ended(response, body));
  }

  private void receive(Comparison body, Buffer bytes) {
    if (!isOver()) {
      received(bytes.length());
      judge(body.accept(bytes.getBytes()));
    }
  }

  private void ended(HttpClientResponse response, Comparison body) {
    if (isOver()) {
      return;
    }
    if ("close".equalsIgnoreCase(response.getHeader(HttpHeaders.CONNECTION))) {
      leave();
    }
    Optional<Mismatch> missing = body.end();
    judge(missing);
    if (missing.isEmpty()) {
      answered();
    }
  }

  @Override
  void done() {
    end(Outcome.FINISHED);
  }

  @Override
  void leave() {
    HttpClientConnection current = connection;
    connection = null;
    if (current != null) {
      var unused = current.close();
    }
  }
}
