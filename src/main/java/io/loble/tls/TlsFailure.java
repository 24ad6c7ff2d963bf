package io.loble.tls;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Why a handshake failed.
 *
 * @param text for a log line: what was wrong, and with what
 */
public record TlsFailure(FailureKind kind, String text) {

  private static final int MOST_CAUSES = 16;
  private static final int MOST_TEXT = 200;

  private static final Pattern HEX = Pattern.compile("not an SSL/TLS record: ([0-9a-f]*)");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

  /** What either engine says; the same for every cause that says the same. */
  public static TlsFailure of(Throwable cause) {
    // The innermost cause says most: what is around it only repeats that the handshake failed.
    TlsFailure found = null;
    Throwable next = cause;
    for (int i = 0; next != null && i < MOST_CAUSES; i++) {
      Optional<TlsFailure> here = ofOne(next);
      if (here.isPresent() && (found == null || here.get().isBetterThan(found))) {
        found = here.get();
      }
      next = next.getCause();
    }
    return found == null ? new TlsFailure(FailureKind.OTHER, message(cause)) : found;
  }

  private boolean isBetterThan(TlsFailure other) {
    return (kind != FailureKind.CLOSED && kind != FailureKind.OTHER)
        || other.kind == FailureKind.OTHER;
  }

  private static Optional<TlsFailure> ofOne(Throwable cause) {
    if (cause instanceof HandshakeException own) {
      return Optional.of(new TlsFailure(own.kind(), message(own)));
    }
    if (cause instanceof NotSslRecordException) {
      return Optional.of(new TlsFailure(FailureKind.NOT_TLS, notTls(cause)));
    }
    return kind(cause).map(kind -> new TlsFailure(kind, kind.text() + ": " + message(cause)));
  }

  private static Optional<FailureKind> kind(Throwable cause) {
    if (cause instanceof SslHandshakeTimeoutException) {
      return Optional.of(FailureKind.TIMEOUT);
    }
    if (cause instanceof CertificateException
        || cause instanceof CertPathValidatorException
        || cause instanceof CertPathBuilderException
        || cause instanceof SSLPeerUnverifiedException) {
      return Optional.of(ofCertificate(cause));
    }
    if (cause instanceof SSLException) {
      return EngineWords.kind(message(cause));
    }
    return cause instanceof ClosedChannelException || cause instanceof IOException
        ? Optional.of(FailureKind.CLOSED)
        : Optional.empty();
  }

  private static FailureKind ofCertificate(Throwable cause) {
    if (cause instanceof CertificateExpiredException) {
      return FailureKind.EXPIRED;
    }
    if (cause instanceof CertificateNotYetValidException) {
      return FailureKind.NOT_YET_VALID;
    }
    if (cause instanceof CertPathValidatorException path) {
      if (path.getReason() == BasicReason.EXPIRED) {
        return FailureKind.EXPIRED;
      }
      if (path.getReason() == BasicReason.NOT_YET_VALID) {
        return FailureKind.NOT_YET_VALID;
      }
    }
    return EngineWords.kind(message(cause)).orElse(FailureKind.CERTIFICATE_REFUSED);
  }

  private static String notTls(Throwable cause) {
    Matcher hex = HEX.matcher(String.valueOf(cause.getMessage()));
    if (!hex.find() || hex.group(1).isEmpty()) {
      return FailureKind.NOT_TLS.text();
    }
    String digits = hex.group(1);
    byte[] first = HexFormat.of().parseHex(digits, 0, Math.min(64, digits.length() / 2 * 2));
    return OtherProtocol.describe(new String(first, StandardCharsets.ISO_8859_1));
  }

  private static String message(Throwable cause) {
    @Nullable String message = cause.getMessage();
    String text = message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    String line = CONTROL.matcher(text).replaceAll(" ");
    return line.length() > MOST_TEXT ? line.substring(0, MOST_TEXT) + '…' : line;
  }
}
