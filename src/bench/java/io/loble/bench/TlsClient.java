package io.loble.bench;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.internal.tcnative.SSL;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * Clients that speak TLS by BoringSSL, trust any certificate, and count their handshakes. All speak
 * TLS 1.3 with the same cipher suite and the same group for the keys.
 */
final class TlsClient implements Transport, AutoCloseable {

  static final String VERSION = "TLSv1.3";
  static final String CIPHER = "TLS_AES_128_GCM_SHA256";
  static final String GROUP = "x25519";

  /** How many sessions are kept, so that each client finds one. */
  private static final int SESSIONS = 1_024;

  private final SslContext context;
  private final int port;
  private final AtomicLong full = new AtomicLong();
  private final AtomicLong resumed = new AtomicLong();
  private final AtomicLong others = new AtomicLong();

  /**
   * @param port of the proxy
   * @param resumes whether they resume the sessions of earlier ones
   */
  TlsClient(int port, boolean resumes) throws SSLException {
    this.port = port;
    this.context =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.OPENSSL_REFCNT)
            .protocols(VERSION)
            .option(OpenSslContextOption.GROUPS, new String[] {GROUP})
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .endpointIdentificationAlgorithm(null)
            .sessionCacheSize(SESSIONS)
            .build();
    ((OpenSslSessionContext) context.sessionContext()).setSessionCacheEnabled(resumes);
  }

  /** Why there can be none here. */
  static Optional<String> missing() {
    return OpenSsl.isAvailable()
        ? Optional.empty()
        : Optional.of("there is no BoringSSL for this machine");
  }

  @Override
  public void install(ChannelPipeline pipeline) {
    SslHandler ssl = context.newHandler(pipeline.channel().alloc(), ClientHello.SERVER_NAME, port);
    ssl.handshakeFuture()
        .addListener(
            over -> {
              if (over.isSuccess()) {
                count((ReferenceCountedOpenSslEngine) ssl.engine());
              }
            });
    pipeline.addFirst(ssl);
  }

  private void count(ReferenceCountedOpenSslEngine engine) {
    SSLSession session = engine.getSession();
    if (!session.getProtocol().equals(VERSION) || !session.getCipherSuite().equals(CIPHER)) {
      others.incrementAndGet();
    }
    (SSL.isSessionReused(engine.sslPointer()) ? resumed : full).incrementAndGet();
  }

  /** How many handshakes there were without a session. */
  long full() {
    return full.get();
  }

  /** How many resumed a session. */
  long resumed() {
    return resumed.get();
  }

  /** Fails when a handshake agreed on another version or cipher suite. */
  void check() throws IOException {
    if (others.get() > 0) {
      throw new IOException(
          "%d handshakes agreed on something else than %s with %s"
              .formatted(others.get(), VERSION, CIPHER));
    }
  }

  @Override
  public SocketFactory sockets() {
    try {
      SSLContext jdk = SSLContext.getInstance(VERSION);
      jdk.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
      return jdk.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no TLS", e);
    }
  }

  @Override
  public void close() {
    ReferenceCountUtil.release(context);
  }
}
