package io.loble.upstream.probe;

import io.loble.config.ActiveCheck.HttpCheck;
import io.loble.model.Address;
import io.loble.net.channel.HttpSockets;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/**
 * What {@link HttpConversation} asks and accepts, on a socket on which something was said before:
 * Vert.x's HTTP client would not let it.
 */
record SocketHttpConversation(HttpConversation http) implements Conversation<NetSocket> {

  SocketHttpConversation(Address address, HttpCheck check) {
    this(new HttpConversation(address, check));
  }

  @Override
  public Future<Void> hold(NetSocket connected) {
    NetSocketInternal socket = HttpSockets.speakHttp(connected);
    Promise<Integer> status = Promise.promise();
    socket.messageHandler(message -> read(message, status));
    socket.exceptionHandler(status::tryFail);
    socket.closeHandler(closed -> status.tryFail("closed before it answered"));
    socket.writeMessage(request()).onFailure(status::tryFail);
    return status.future().compose(http::judge);
  }

  private FullHttpRequest request() {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.GET, http.check().path(), Unpooled.EMPTY_BUFFER);
    request
        .headers()
        .set(HttpHeaderNames.HOST, http.host())
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    return request;
  }

  private static void read(Object message, Promise<Integer> status) {
    try {
      if (message instanceof HttpResponse response) {
        if (response.decoderResult().isFailure()) {
          status.tryFail("the answer is not HTTP");
        } else if (response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
          status.tryComplete(response.status().code());
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }
}
