package io.loble.admin;

import io.loble.config.AdminTls;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The files of {@code [admin.tls]}. */
final class PemFiles implements FileWatch.Source<Pem> {

  private final Vertx vertx;
  private final NamedFile cert;
  private final NamedFile key;
  private final Optional<NamedFile> clientCa;

  PemFiles(Vertx vertx, AdminTls tls) {
    this.vertx = vertx;
    this.cert = new NamedFile("admin.tls.cert", tls.cert());
    this.key = new NamedFile("admin.tls.key", tls.key());
    this.clientCa =
        Optional.of(tls.clientCa())
            .filter(path -> !path.isEmpty())
            .map(path -> new NamedFile("admin.tls.client_ca", path));
  }

  @Override
  public Pem read() throws IOException {
    return new Pem(
        cert.read(),
        key.read(),
        clientCa.isPresent() ? Optional.of(clientCa.get().read()) : Optional.empty());
  }

  @Override
  public void check(Pem pem) throws IOException {
    parse(cert, () -> Pem.trust(pem.cert()).loadKeyStore(vertx));
    // The certificate is known to be good by now, so what fails is the key.
    Identity identity = parse(key, () -> Identity.of(pem.identity().getKeyManagerFactory(vertx)));
    if (!parse(key, identity::belongsTogether)) {
      throw key.unusable("is not the key of the certificate in " + cert.path());
    }
    if (clientCa.isPresent()) {
      parse(clientCa.get(), () -> Pem.trust(pem.clientCa().orElseThrow()).loadKeyStore(vertx));
    }
  }

  private static <R> R parse(NamedFile file, Callable<R> parser) throws IOException {
    try {
      return parser.call();
    } catch (Exception e) {
      throw new IOException(file + ": cannot be used: " + e.getMessage(), e);
    }
  }
}
