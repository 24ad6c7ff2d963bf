package io.loble.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.SslContextBuilder;
import java.util.List;

/**
 * What one side of a handshake agrees to.
 *
 * @param minVersion the oldest version
 * @param ciphers as {@link CipherSuites#choose} takes them
 * @param alpn protocols, the preferred first; empty: the extension is not used. When the sides have
 *     none in common, the handshake goes on without one
 */
public record TlsTerms(TlsVersion minVersion, List<String> ciphers, List<String> alpn) {

  /** TLS 1.2 and newer, the engine's sound cipher suites, no ALPN. */
  public static final TlsTerms DEFAULT = new TlsTerms(TlsVersion.TLS_1_2, List.of(), List.of());

  public TlsTerms {
    ciphers = List.copyOf(ciphers);
    alpn = List.copyOf(alpn);
  }

  /**
   * @throws IllegalArgumentException for cipher suites that the engine does not have
   */
  SslContextBuilder applyTo(SslContextBuilder builder, TlsEngine engine) {
    return builder
        .sslProvider(engine.provider())
        .protocols(minVersion.andNewer())
        .ciphers(CipherSuites.choose(engine, ciphers), IdentityCipherSuiteFilter.INSTANCE)
        .applicationProtocolConfig(protocols());
  }

  private ApplicationProtocolConfig protocols() {
    return alpn.isEmpty()
        ? ApplicationProtocolConfig.DISABLED
        : new ApplicationProtocolConfig(
            Protocol.ALPN,
            SelectorFailureBehavior.NO_ADVERTISE,
            SelectedListenerFailureBehavior.ACCEPT,
            alpn);
  }
}
