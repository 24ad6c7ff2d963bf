package io.loble.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.Optional;

/** What the files of {@code [admin.tls]} hold. */
record Pem(Buffer cert, Buffer key, Optional<Buffer> clientCa) {

  PemKeyCertOptions identity() {
    return new PemKeyCertOptions().setCertValue(cert).setKeyValue(key);
  }

  /** Makes a server speak HTTPS with it. */
  HttpServerOptions secure(HttpServerOptions options) {
    options.setSsl(true).setKeyCertOptions(identity());
    clientCa.ifPresent(ca -> options.setTrustOptions(trust(ca)).setClientAuth(ClientAuth.REQUIRED));
    return options;
  }

  static PemTrustOptions trust(Buffer certificates) {
    return new PemTrustOptions().addCertValue(certificates);
  }

  /** Nothing of the key. */
  @Override
  public String toString() {
    return "Pem";
  }
}
