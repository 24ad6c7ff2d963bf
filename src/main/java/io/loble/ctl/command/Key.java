package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import java.util.Locale;

/** A key of a {@code key=value} word. */
enum Key {
  ALGORITHM(Kind.TEXT),
  ALPN(Kind.TEXT),
  BACKEND(Kind.TEXT),
  CLIENT(Kind.TEXT),
  HOST(Kind.TEXT),
  IDLE(Kind.TEXT),
  LIMIT(Kind.NUMBER),
  LISTENER(Kind.TEXT),
  MAX_CONNECTIONS(Kind.NUMBER),
  METHOD(Kind.TEXT),
  NAME(Kind.TEXT),
  OVER(Kind.TEXT),
  PATH(Kind.TEXT),
  PERCENT(Kind.NUMBER),
  POOL(Kind.TEXT),
  PRIORITY(Kind.NUMBER),
  RESET(Kind.TRUTH),
  RETRIES(Kind.NUMBER),
  SNI(Kind.TEXT),
  STATE(Kind.TEXT),
  TIME(Kind.TEXT),
  TIMEOUT(Kind.TEXT),
  WEIGHT(Kind.NUMBER),

  // Those of a listener.
  ACCEPT_PROXY(Kind.TEXT),
  ACCEPT_PROXY_FROM(Kind.LIST),
  ALLOW(Kind.LIST),
  ALLOW_FILE(Kind.TEXT_OR_NONE),
  BACKLOG(Kind.NUMBER),
  BANDWIDTH(Kind.TEXT_OR_NONE),
  BURST(Kind.NUMBER),
  DENY(Kind.LIST),
  DENY_FILE(Kind.TEXT_OR_NONE),
  HTTP_COMPRESSION("http.compression", Kind.TRUTH),
  HTTP_MAX_HEAD("http.max_head", Kind.TEXT),
  HTTP_MAX_STREAMS("http.max_streams", Kind.NUMBER),
  LISTENER_POOL("pool", Kind.TEXT_OR_NONE),
  MODE(Kind.TEXT),
  PER_CLIENT_BURST("per_client.burst", Kind.NUMBER),
  PER_CLIENT_MAX_CONNECTIONS("per_client.max_connections", Kind.NUMBER),
  PER_CLIENT_PREFIX4("per_client.prefix4", Kind.NUMBER),
  PER_CLIENT_PREFIX6("per_client.prefix6", Kind.NUMBER),
  PER_CLIENT_RATE("per_client.rate", Kind.TEXT_OR_NONE),
  RATE(Kind.TEXT_OR_NONE),
  REUSE_PORT(Kind.TRUTH),
  ROUTES(Kind.TABLES),
  SNIFF_TIMEOUT(Kind.TEXT),
  STARTTLS(Kind.TEXT),
  TCP_KEEPALIVE("tcp.keepalive", Kind.TEXT),
  TCP_USER_TIMEOUT("tcp.user_timeout", Kind.TEXT),
  TLS_ALPN("tls.alpn", Kind.LIST),
  TLS_CERTIFICATES("tls.certificates", Kind.TABLES),
  TLS_CIPHERS("tls.ciphers", Kind.LIST),
  TLS_CLIENT_AUTH("tls.client_auth", Kind.TEXT),
  TLS_CLIENT_CA("tls.client_ca", Kind.TEXT_OR_NONE),
  TLS_MIN_VERSION("tls.min_version", Kind.TEXT),
  TLS_STRICT_SNI("tls.strict_sni", Kind.TRUTH),
  TRUSTED_PROXIES(Kind.LIST),
  V6ONLY(Kind.TRUTH);

  private final String label;
  private final Kind kind;

  Key(Kind kind) {
    this.label = name().toLowerCase(Locale.ROOT);
    this.kind = kind;
  }

  Key(String label, Kind kind) {
    this.label = label;
    this.kind = kind;
  }

  /** As it is written in words, and in JSON, where what stands before a dot is a table. */
  String label() {
    return label;
  }

  /** The value as it is in JSON. Whether it is in bounds is for the balancer to say. */
  Object read(String text) throws CtlException {
    return kind.read(text)
        .orElseThrow(
            () ->
                CtlException.usage(
                    label() + ": expected " + kind.expected() + ", found \"" + text + "\""));
  }
}
