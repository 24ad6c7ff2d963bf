package io.loble.tls;

import static io.loble.tls.FailureKind.CERTIFICATE_MISSING;
import static io.loble.tls.FailureKind.CERTIFICATE_REFUSED;
import static io.loble.tls.FailureKind.CLOSED;
import static io.loble.tls.FailureKind.EXPIRED;
import static io.loble.tls.FailureKind.NAME_MISMATCH;
import static io.loble.tls.FailureKind.NOT_TLS;
import static io.loble.tls.FailureKind.NO_SHARED_CIPHER;
import static io.loble.tls.FailureKind.NO_SHARED_VERSION;
import static io.loble.tls.FailureKind.UNKNOWN_AUTHORITY;
import static io.loble.tls.FailureKind.UNKNOWN_NAME;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What engines write into the messages of exceptions, where the type says nothing. Alerts (RFC
 * 8446, section 6) have the same words in both, once case and underscores are the same.
 */
final class EngineWords {

  private record Words(String part, FailureKind kind) {}

  /** The first that is found counts: the ones that say more come first. */
  private static final List<Words> ALL =
      List.of(
          new Words("certificate expired", EXPIRED),
          new Words("certificate has expired", EXPIRED),
          new Words("no subject alternative", NAME_MISMATCH),
          new Words("no name matching", NAME_MISMATCH),
          new Words("unable to find valid certification path", UNKNOWN_AUTHORITY),
          new Words("path does not chain", UNKNOWN_AUTHORITY),
          new Words("no trusted certificate", UNKNOWN_AUTHORITY),
          new Words("trustanchors parameter must be non-empty", UNKNOWN_AUTHORITY),
          new Words("unknown ca", UNKNOWN_AUTHORITY),
          new Words("did not return a certificate", CERTIFICATE_MISSING),
          new Words("certificate required", CERTIFICATE_MISSING),
          new Words("empty client certificate chain", CERTIFICATE_MISSING),
          new Words("null cert chain", CERTIFICATE_MISSING),
          new Words("unsupported protocol", NO_SHARED_VERSION),
          new Words("protocol version", NO_SHARED_VERSION),
          new Words("not accepted by client preferences", NO_SHARED_VERSION),
          new Words("is not enabled or supported in server context", NO_SHARED_VERSION),
          new Words("client requested protocol", NO_SHARED_VERSION),
          new Words("no appropriate protocol", NO_SHARED_VERSION),
          new Words("version not supported", NO_SHARED_VERSION),
          new Words("no shared cipher", NO_SHARED_CIPHER),
          new Words("no cipher suites in common", NO_SHARED_CIPHER),
          new Words("no common signature algorithms", NO_SHARED_CIPHER),
          new Words("no shared group", NO_SHARED_CIPHER),
          new Words("insufficient security", NO_SHARED_CIPHER),
          new Words("handshake failure", NO_SHARED_CIPHER),
          new Words("unrecognized name", UNKNOWN_NAME),
          new Words("http request", NOT_TLS),
          new Words("wrong version number", NOT_TLS),
          new Words("unsupported or unrecognized ssl message", NOT_TLS),
          new Words("certificate unknown", CERTIFICATE_REFUSED),
          new Words("certificate revoked", CERTIFICATE_REFUSED),
          new Words("unsupported certificate", CERTIFICATE_REFUSED),
          new Words("bad certificate", CERTIFICATE_REFUSED),
          new Words("certificate verify failed", CERTIFICATE_REFUSED),
          new Words("connection closed while", CLOSED),
          new Words("closing inbound before receiving peer's close_notify", CLOSED),
          new Words("closed already", CLOSED),
          new Words("closed engine without completely reading", CLOSED));

  private EngineWords() {}

  /** Empty when nothing of it is known. */
  static Optional<FailureKind> kind(String message) {
    String plain = message.toLowerCase(Locale.ROOT).replace('_', ' ');
    return ALL.stream()
        .filter(words -> plain.contains(words.part().replace('_', ' ')))
        .map(Words::kind)
        .findFirst();
  }
}
