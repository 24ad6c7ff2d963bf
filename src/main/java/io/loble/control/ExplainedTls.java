package io.loble.control;

import io.loble.config.ListenerTls;
import io.loble.model.Rejection;
import io.loble.proxy.ClientInfo;
import io.loble.proxy.ClientVerdict;
import io.loble.proxy.ListenerRegistry;
import io.loble.tls.CertificateMatch;
import io.loble.tls.CertificateMatch.Why;
import io.loble.tls.UsedCertificate;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What would become of a client's handshake: which certificate it would be shown, and why.
 *
 * @param hello what its ClientHello says
 * @param match empty where the listener does not decrypt its clients
 * @param agreed the protocol that would be agreed on
 */
record ExplainedTls(
    ClientInfo hello, Optional<CertificateMatch<UsedCertificate>> match, Optional<String> agreed) {

  static ExplainedTls of(ListenerRegistry.Entry listener, ClientInfo hello) {
    ListenerTls tls = listener.config().tls();
    return tls.isOn()
        ? new ExplainedTls(
            hello,
            listener.security().match(hello.serverName()),
            tls.alpn().stream().filter(hello.alpn()::contains).findFirst())
        : new ExplainedTls(hello, Optional.empty(), Optional.empty());
  }

  /** The client as routes see it: what counts is the protocol that was agreed on. */
  ClientInfo client() {
    return match.isEmpty()
        ? hello
        : new ClientInfo(hello.address(), hello.serverName(), agreed.stream().toList());
  }

  /** The listener's verdict on the client, or else that of the handshake. */
  ClientVerdict verdict(ClientVerdict ofListener) {
    boolean refused = match.filter(found -> found.why() == Why.NONE).isPresent();
    return refused && ofListener.rejection() == null
        ? new ClientVerdict(Rejection.TLS, why(), ofListener.network())
        : ofListener;
  }

  void put(JsonObject json, Instant now) {
    json.put("agreed_alpn", agreed.orElse(null))
        .put("certificate", certificate(now))
        .put("certificate_why", why());
  }

  private @Nullable JsonObject certificate(Instant now) {
    return match
        .flatMap(found -> found.values().stream().findFirst())
        .map(certificate -> TlsView.certificate(certificate, now))
        .orElse(null);
  }

  private @Nullable String why() {
    return match.map(found -> why(found) + others(found.values())).orElse(null);
  }

  private String why(CertificateMatch<UsedCertificate> found) {
    String name = hello.serverName();
    String nobody =
        name == null ? "the client asks for no name" : "no certificate has the name " + name;
    return switch (found.why()) {
      case EXACT -> "it has the name " + name;
      case WILDCARD -> "its name *" + suffix(name) + " covers " + name;
      case FIRST -> nobody + ", so it is the first";
      case NONE -> nobody + ", which strict_sni refuses";
    };
  }

  private static String suffix(@Nullable String name) {
    return name == null ? "" : name.substring(name.indexOf('.'));
  }

  /** Of one that a client with fewer kinds of keys would get instead. */
  private static String others(List<UsedCertificate> all) {
    return all.size() < 2
        ? ""
        : all.stream()
            .skip(1)
            .map(UsedCertificate::file)
            .collect(
                Collectors.joining(", ", "; clients that cannot check its kind of key get ", ""));
  }
}
