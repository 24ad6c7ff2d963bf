package io.loble.net.channel;

import io.loble.net.Stream;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.impl.HttpChannelConnector;
import io.vertx.core.http.impl.HttpClientConnectionInternal;
import io.vertx.core.http.impl.HttpClientImpl;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.NetSocketImpl;
import io.vertx.core.net.impl.VertxHandler;

/**
 * Vert.x's HTTP client on connections that were made, and encrypted, elsewhere. Belongs to the
 * event loop it is made on.
 */
public final class HttpClientSockets {

  private static final String HANDLER = "handler";

  /** Of no use to connections that are there already. */
  private static final SocketAddress ANYWHERE = SocketAddress.inetSocketAddress(80, "backend");

  private static final HostAndPort NOBODY = HostAndPort.create("backend", 80);

  private final ContextInternal context;
  private final HttpClientImpl client;
  private final HttpChannelConnector connector;
  private final boolean http2;

  /**
   * @param options what is said of TLS, and of sockets, is not used; its protocol's version is what
   *     is spoken, with prior knowledge
   */
  public HttpClientSockets(Vertx vertx, HttpClientOptions options) {
    this.context = (ContextInternal) vertx.getOrCreateContext();
    HttpClientOptions known = new HttpClientOptions(options).setHttp2ClearTextUpgrade(false);
    this.client =
        new HttpClientImpl(
            new ServerlessVertx((VertxInternal) vertx),
            null,
            known,
            new PoolOptions().setCleanerPeriod(0));
    HttpVersion version = options.getProtocolVersion();
    this.http2 = version == HttpVersion.HTTP_2;
    this.connector =
        new HttpChannelConnector(
            client,
            client.netClient(),
            null,
            null,
            null,
            version,
            false,
            false,
            NOBODY,
            ANYWHERE,
            false,
            0);
  }

  /** Speaks HTTP on a connection from now on, whose stream is one of a channel. */
  public Future<HttpClientConnectionInternal> speak(Stream stream) {
    Promise<HttpClientConnectionInternal> speaking = context.promise();
    stream.handOver(pipeline -> speak(pipeline).onComplete(speaking));
    return speaking.future();
  }

  private Future<HttpClientConnectionInternal> speak(ChannelPipeline pipeline) {
    if (pipeline.get(HANDLER) != null) {
      pipeline.remove(HANDLER);
    }
    if (http2) {
      Channels.closeOnEnd(pipeline.channel());
    }
    VertxHandler<NetSocketImpl> handler =
        VertxHandler.create(ctx -> new NetSocketImpl(context, ctx, null, null, null, false));
    pipeline.addLast(HANDLER, handler);
    return connector
        .wrap(context, handler.getConnection())
        .onSuccess(connection -> adapt(pipeline));
  }

  private void adapt(ChannelPipeline pipeline) {
    if (!http2) {
      InterimAnswers.ignore(pipeline);
      pipeline.addBefore(HANDLER, LateEnd.NAME, new LateEnd());
    }
  }

  /** Has the end of a connection wait until all that came before it was taken. */
  public static void holdEnd(HttpClientConnectionInternal connection) {
    LateEnd end = LateEnd.of(channel(connection));
    if (end != null) {
      end.hold();
    }
  }

  /**
   * The end of a connection waits no longer.
   *
   * @return whether it has ended, and takes no other request
   */
  public static boolean letEnd(HttpClientConnectionInternal connection) {
    LateEnd end = LateEnd.of(channel(connection));
    return end != null && end.release();
  }

  private static Channel channel(HttpClientConnectionInternal connection) {
    return connection.channelHandlerContext().channel();
  }
}
