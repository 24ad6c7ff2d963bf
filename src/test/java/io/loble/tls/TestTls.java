package io.loble.tls;

import static io.loble.tls.TestCertificates.AUTHORITY;
import static io.loble.tls.TestCertificates.credential;
import static io.loble.tls.TestCertificates.leaf;
import static io.loble.tls.TestCertificates.only;

import io.netty.channel.ChannelPipeline;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** A server that has one name only, and a client that trusts it. */
final class TestTls {

  static final Credential A = credential(leaf(AUTHORITY, "a.example"));

  private TestTls() {}

  /** No TLS. */
  static void plain(ChannelPipeline pipeline) {}

  static ServerTlsSettings server(ClientCertificates clients, Credential... credentials) {
    return new ServerTlsSettings(List.of(credentials), true, clients, TlsTerms.DEFAULT);
  }

  static ServerTlsSettings server(Credential... credentials) {
    return server(new ClientCertificates.None(), credentials);
  }

  static ClientTls client(TlsEngine engine, Optional<Credential> own) throws SSLException {
    return new ClientTls(
        engine,
        new ClientTlsSettings(new BackendTrust.Full(only(AUTHORITY)), own, TlsTerms.DEFAULT));
  }

  static ClientTls client(TlsEngine engine) throws SSLException {
    return client(engine, Optional.empty());
  }
}
