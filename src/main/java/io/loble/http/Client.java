package io.loble.http;

import io.loble.net.channel.HttpServerSockets;
import io.loble.proxy.RequestClient;
import io.loble.proxy.ServedClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One client and the requests of it that are under way. Belongs to its event loop. */
final class Client implements ServedClient, HttpServerSockets.Client {

  private static final byte[] TOO_SLOW =
      "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final RequestLoop loop;
  private final HttpDoor door;
  private final RequestClient connection;
  private final StrictRequestDecoder decoder;
  private final Forwarding forwarding;
  private final Set<Exchange> underWay = new LinkedHashSet<>();
  private @Nullable HttpServerRequest last;
  private boolean saidLast;

  Client(RequestLoop loop, HttpDoor door, RequestClient connection) {
    this.loop = loop;
    this.door = door;
    this.connection = connection;
    this.decoder = door.decoder();
    this.forwarding = new Forwarding(connection.address(), isEncrypted(), door.trustedProxies());
  }

  /** Reads its requests from now on. */
  void serve() {
    connection.handOver(door.of(this, isEncrypted(), decoder));
  }

  boolean isEncrypted() {
    return connection.tls() != null;
  }

  HttpDoor door() {
    return door;
  }

  RequestClient connection() {
    return connection;
  }

  Forwarding forwarding() {
    return forwarding;
  }

  // Its requests.

  @Override
  public void requested(HttpServerRequest request) {
    begin(request).begin();
  }

  /** One that cannot be read, or that two would read differently. */
  @Override
  public void refused(HttpServerRequest request) {
    begin(request).refuse(HttpAnswer.of(InvalidRequests.refusalOf(request)));
  }

  private Exchange begin(HttpServerRequest request) {
    last = request;
    Exchange exchange = new Exchange(loop, this, request);
    underWay.add(exchange);
    connection.begun();
    return exchange;
  }

  /** A request is over: answered, or cut. */
  void finished(Exchange exchange) {
    if (underWay.remove(exchange)) {
      connection.finished();
      closeIfDone();
    }
  }

  /** Of the answer to a request something is missing: no other may follow it. */
  void cut(Exchange exchange) {
    if (underWay.remove(exchange)) {
      connection.finished();
      connection.reset();
    }
  }

  /** What the answer to a request has to say: that it is the last. */
  boolean isLast() {
    return saidLast || connection.drains();
  }

  /** An answer ends where its connection does. */
  void saysLast() {
    saidLast = true;
  }

  private void closeIfDone() {
    if (underWay.isEmpty() && isLast() && !speaksHttp2()) {
      connection.close();
    }
  }

  private boolean speaksHttp2() {
    return last != null && last.version() == HttpVersion.HTTP_2;
  }

  // As its connection tells.

  @Override
  public void drain() {
    HttpServerRequest any = last;
    if (any != null && speaksHttp2()) {
      // Says GOAWAY, and closes when the last request is answered; the connection has its own end.
      any.connection().shutdown(1, TimeUnit.DAYS);
    } else {
      closeIfDone();
    }
  }

  @Override
  public void ended() {
    List.copyOf(underWay).forEach(Exchange::clientEnded);
    if (isCutInRequest()) {
      connection.close();
    } else if (speaksHttp2() && underWay.isEmpty()) {
      connection.close();
    } else {
      closeIfDone();
    }
  }

  /** Whether its last request will never be complete. */
  private boolean isCutInRequest() {
    return !speaksHttp2() && decoder.isWithinRequest();
  }

  /** A client of HTTP/2 may be silent as long as any: what it sends comes in frames. */
  @Override
  public void headTimedOut() {
    if (!speaksHttp2()) {
      ByteBuf answer = Unpooled.wrappedBuffer(TOO_SLOW);
      connection.sendLast(answer);
    }
  }

  @Override
  public void gone() {
    List.copyOf(underWay).forEach(Exchange::clientGone);
  }
}
