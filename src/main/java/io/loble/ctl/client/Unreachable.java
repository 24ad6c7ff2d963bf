package io.loble.ctl.client;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says why nothing can be heard from a balancer. */
final class Unreachable {

  private Unreachable() {}

  static String text(URI admin, @Nullable Throwable cause) {
    return "cannot reach "
        + admin
        + ": "
        + reason(causes(cause))
        + "; is it running, and is this its [admin] address?";
  }

  private static String reason(List<Throwable> causes) {
    if (causes.stream().anyMatch(UnknownHostException.class::isInstance)) {
      return "unknown host";
    }
    String message = message(causes);
    if (causes.stream().anyMatch(ConnectException.class::isInstance)) {
      return message.isEmpty() ? "connection refused" : message.toLowerCase(Locale.ROOT);
    }
    if (causes.stream().anyMatch(SSLException.class::isInstance)) {
      return "no TLS connection, " + message;
    }
    return message.isEmpty() ? causes.get(0).getClass().getSimpleName() : message;
  }

  /** The first that says something; what wraps it often has no message. */
  private static String message(List<Throwable> causes) {
    return causes.stream()
        .map(cause -> cause.getMessage() == null ? "" : cause.getMessage())
        .filter(message -> !message.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static List<Throwable> causes(@Nullable Throwable cause) {
    return Stream.<Throwable>iterate(
            cause == null ? new ConnectException() : cause, t -> t != null, Throwable::getCause)
        .toList();
  }
}
