package io.loble.cli;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.vertx.core.transport.Transport;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the transport that a configuration asks for. */
final class TransportChoice {

  private TransportChoice() {}

  /**
   * The transport of that name; for {@code auto} the first that loads, by what was measured:
   * docs/benchmarks.md has the figures.
   */
  static Transport of(io.loble.config.Transport wanted) throws ConfigException {
    return switch (wanted) {
      case AUTO ->
          Stream.of(Transport.EPOLL, Transport.KQUEUE, Transport.IO_URING)
              .filter(Objects::nonNull)
              .filter(Transport::available)
              .findFirst()
              .orElse(Transport.NIO);
      case EPOLL -> loaded(wanted, Transport.EPOLL);
      case IO_URING -> loaded(wanted, Transport.IO_URING);
      case KQUEUE -> loaded(wanted, Transport.KQUEUE);
      case NIO -> Transport.NIO;
    };
  }

  private static Transport loaded(io.loble.config.Transport name, @Nullable Transport transport)
      throws ConfigException {
    if (transport != null && transport.available()) {
      return transport;
    }
    String reason = transport == null ? "not for this system" : cause(transport);
    throw new ConfigException(
        List.of(
            new ConfigError(
                "-conf",
                0,
                0,
                "transport",
                name.name().toLowerCase(Locale.ROOT)
                    + " cannot be used here ("
                    + reason
                    + "); auto takes the fastest one that can")));
  }

  private static String cause(Transport transport) {
    Throwable cause = transport.unavailabilityCause();
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause == null ? "unknown cause" : cause.getMessage());
  }
}
