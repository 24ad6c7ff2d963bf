package io.loble.proxy;

import io.loble.config.ListenerTls;
import io.loble.tls.HandshakeStats;
import io.vertx.core.Vertx;

/** Loads the certificates of a listener of which nothing runs. */
public final class SampleSecurity {

  private SampleSecurity() {}

  /** Does it, and waits for it. */
  public static HandshakeStats load(Vertx vertx, String listener, ListenerTls tls) {
    ListenerSecurity security = new ListenerRegistry(vertx).security(listener);
    TestProxy.done(security.configure(vertx, tls));
    return security.stats();
  }
}
