package io.loble.model;

import java.util.List;

/**
 * How connections to the backends of a pool begin.
 *
 * @param sendProxy what is sent before anything of the client's
 * @param source where they come from
 * @param tls whether and how they are encrypted, behind what {@code sendProxy} has sent
 * @param http how requests use them, where requests are balanced
 */
public record Outbound(SendProxy sendProxy, SourceAddresses source, PoolTls tls, HttpRules http) {

  /** Where the configuration does not say. */
  public static final Outbound PLAIN = new Outbound(SendProxy.OFF, SourceAddresses.NONE);

  /** Backends that are to speak HTTP/2 by TLS are asked for it, where no protocol is named. */
  public Outbound {
    if (tls.enabled() && tls.alpn().isEmpty() && http.version() == HttpVersion.H2) {
      tls = tls.withAlpn(List.of(HttpVersion.H2.label()));
    }
  }

  /** Of a pool of which the configuration says nothing about HTTP. */
  public Outbound(SendProxy sendProxy, SourceAddresses source, PoolTls tls) {
    this(sendProxy, source, tls, HttpRules.DEFAULT);
  }

  /** Of connections that are not encrypted. */
  public Outbound(SendProxy sendProxy, SourceAddresses source) {
    this(sendProxy, source, PoolTls.OFF);
  }

  /** The same with other TLS. */
  public Outbound withTls(PoolTls other) {
    return new Outbound(sendProxy, source, other, http);
  }

  /** The same with other rules for requests. */
  public Outbound withHttp(HttpRules other) {
    return new Outbound(sendProxy, source, tls, other);
  }
}
