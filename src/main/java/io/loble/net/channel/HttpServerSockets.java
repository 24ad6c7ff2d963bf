package io.loble.net.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
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
import java.util.function.Supplier;

/**
 * Vert.x's HTTP server for connections that were accepted, and decrypted, elsewhere. Belongs to the
 * event loop it is made on.
 */
public final class HttpServerSockets {

  private static final String DECODER = "httpDecoder";

  /** What a client talks of while it has agreed on no protocol. */
  private static final String HANDLER = "handler";

  private final ContextInternal context;
  private final Supplier<ChannelHandler> decoder;
  private final Handler<NetSocket> plain;
  private final Handler<NetSocket> encrypted;

  /**
   * @param options what is said of TLS, and of sockets, is not used
   * @param decoder reads the requests of HTTP/1 of one connection, in the place of Vert.x's own
   * @param requests is given those that could be read
   * @param invalid is given those that could not
   */
  public HttpServerSockets(
      Vertx vertx,
      HttpServerOptions options,
      Supplier<ChannelHandler> decoder,
      Handler<HttpServerRequest> requests,
      Handler<HttpServerRequest> invalid,
      Handler<HttpConnection> connections) {
    this.context = (ContextInternal) vertx.getOrCreateContext();
    this.decoder = decoder;
    this.plain = handler(vertx, options, requests, invalid, connections);
    HttpServerOptions secured = new HttpServerOptions(options).setSsl(true).setUseAlpn(true);
    this.encrypted = handler(vertx, secured, requests, invalid, connections);
  }

  private static Handler<NetSocket> handler(
      Vertx vertx,
      HttpServerOptions options,
      Handler<HttpServerRequest> requests,
      Handler<HttpServerRequest> invalid,
      Handler<HttpConnection> connections) {
    ServerlessVertx serverless = new ServerlessVertx((VertxInternal) vertx);
    HttpServer server = new HttpServerImpl(serverless, options);
    server
        .requestHandler(requests)
        .invalidRequestHandler(invalid)
        .connectionHandler(connections)
        .exceptionHandler(broken -> {})
        .listen();
    return serverless.connections();
  }

  /**
   * Serves a client from now on.
   *
   * @param pipeline with TLS in front where the client is decrypted
   * @param isEncrypted whether it is
   */
  public void serve(ChannelPipeline pipeline, boolean isEncrypted) {
    if (pipeline.get(HANDLER) != null) {
      pipeline.remove(HANDLER);
    }
    VertxHandler<NetSocketImpl> handler =
        VertxHandler.create(ctx -> new NetSocketImpl(context, ctx, null, null, null, false));
    pipeline.addLast(HANDLER, handler);
    (isEncrypted ? encrypted : plain).handle(handler.getConnection());
    if (pipeline.get(DECODER) != null) {
      pipeline.replace(DECODER, DECODER, decoder.get());
    }
  }

  /** The channel of a connection. */
  public static Channel channel(HttpConnection connection) {
    return ((HttpServerConnection) connection).channelHandlerContext().channel();
  }
}
