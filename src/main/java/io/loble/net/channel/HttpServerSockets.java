package io.loble.net.channel;

import io.loble.net.Handover;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.AttributeKey;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketImpl;
import io.vertx.core.net.impl.VertxHandler;

/**
 * Vert.x's HTTP server for connections that were accepted, and decrypted, elsewhere. Belongs to the
 * event loop it is made on.
 */
public final class HttpServerSockets {

  /** The requests of one client, as they come. */
  public interface Client {

    /** One that could be read, as far as its head. */
    void requested(HttpServerRequest request);

    /** One that could not be read. */
    void refused(HttpServerRequest request);
  }

  private static final AttributeKey<Client> CLIENT = AttributeKey.valueOf("loble.http.client");

  private static final String DECODER = "httpDecoder";

  private static final String HANDLER = "handler";

  private final ContextInternal context;
  private final Handler<NetSocket> plain;
  private final Handler<NetSocket> encrypted;

  /**
   * @param options what is said of TLS, and of sockets, is not used
   */
  public HttpServerSockets(Vertx vertx, HttpServerOptions options) {
    this.context = (ContextInternal) vertx.getOrCreateContext();
    this.plain = handler(vertx, options);
    this.encrypted = handler(vertx, new HttpServerOptions(options).setSsl(true).setUseAlpn(true));
  }

  private static Handler<NetSocket> handler(Vertx vertx, HttpServerOptions options) {
    ServerlessVertx serverless = new ServerlessVertx((VertxInternal) vertx);
    HttpServer server = new HttpServerImpl(serverless, options);
    server
        .requestHandler(request -> client(request).requested(request))
        .invalidRequestHandler(request -> client(request).refused(request))
        // Else each refused request would be an error in the log.
        .connectionHandler(connection -> connection.exceptionHandler(broken -> {}))
        .exceptionHandler(broken -> {})
        .listen();
    return serverless.connections();
  }

  private static Client client(HttpServerRequest request) {
    return channel(request.connection()).attr(CLIENT).get();
  }

  static Channel channel(HttpConnection connection) {
    return ((HttpServerConnection) connection).channelHandlerContext().channel();
  }

  /**
   * What serves a client from then on.
   *
   * @param isEncrypted whether the client is decrypted
   * @param decoder reads its requests of HTTP/1, in the place of Vert.x's own
   */
  public Handover of(Client client, boolean isEncrypted, HttpRequestDecoder decoder) {
    return pipeline -> serve(pipeline, client, isEncrypted, decoder);
  }

  private void serve(
      ChannelPipeline pipeline, Client client, boolean isEncrypted, HttpRequestDecoder decoder) {
    pipeline.channel().attr(CLIENT).set(client);
    if (pipeline.get(HANDLER) != null) {
      pipeline.remove(HANDLER);
    }
    VertxHandler<NetSocketImpl> handler =
        VertxHandler.create(ctx -> new NetSocketImpl(context, ctx, null, null, null, false));
    pipeline.addLast(HANDLER, handler);
    (isEncrypted ? encrypted : plain).handle(handler.getConnection());
    if (pipeline.get(DECODER) != null) {
      pipeline.replace(DECODER, DECODER, decoder);
    }
  }
}
