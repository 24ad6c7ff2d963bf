package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/** The keys of a listener as words. */
final class ListenerWords {

  /** How they are written, for help. */
  static final String FORM =
      "Keys as in the file, such as rate=200/s. Those of tables have a dot"
          + " (tcp.keepalive=30s), lists have commas, routes and tls.certificates are JSON.";

  /** Those that can be set while it is open. */
  private static final Key[] SETTABLE = {
    Key.LISTENER_POOL,
    Key.ROUTES,
    Key.ALLOW,
    Key.DENY,
    Key.ALLOW_FILE,
    Key.DENY_FILE,
    Key.MAX_CONNECTIONS,
    Key.RATE,
    Key.BURST,
    Key.PER_CLIENT_MAX_CONNECTIONS,
    Key.PER_CLIENT_RATE,
    Key.PER_CLIENT_BURST,
    Key.PER_CLIENT_PREFIX4,
    Key.PER_CLIENT_PREFIX6,
    Key.BANDWIDTH,
    Key.BACKLOG,
    Key.ACCEPT_PROXY,
    Key.ACCEPT_PROXY_FROM,
    Key.SNIFF_TIMEOUT,
    Key.STARTTLS,
    Key.TCP_KEEPALIVE,
    Key.TCP_USER_TIMEOUT,
    Key.TLS_ALPN,
    Key.TLS_CERTIFICATES,
    Key.TLS_CIPHERS,
    Key.TLS_CLIENT_AUTH,
    Key.TLS_CLIENT_CA,
    Key.TLS_MIN_VERSION,
    Key.TLS_STRICT_SNI,
    Key.MODE,
    Key.TRUSTED_PROXIES,
    Key.HTTP_COMPRESSION,
    Key.HTTP_MAX_HEAD,
    Key.HTTP_MAX_STREAMS
  };

  private static final Key[] ALL =
      Stream.concat(Stream.of(SETTABLE), Stream.of(Key.REUSE_PORT, Key.V6ONLY)).toArray(Key[]::new);

  private ListenerWords() {}

  /** What a new listener is to have, as JSON. */
  static JsonObject ofNew(List<String> words) throws CtlException {
    return Words.parse(words, ALL).tables();
  }

  /** What an open listener is to have from now on, as JSON. */
  static JsonObject ofOpen(List<String> words) throws CtlException {
    return Words.parse(words, SETTABLE).tables();
  }
}
