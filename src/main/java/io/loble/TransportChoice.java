package io.loble;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.vertx.core.impl.transports.TransportLoader;
import io.vertx.core.transport.Transport;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the transport that a configuration asks for, and loads no other. The constants of {@link
 * Transport} would do, if it were not that the first use of one loads them all.
 */
public final class TransportChoice {

  private TransportChoice() {}

  /**
   * The transport of that name; for {@code auto} the first that loads, by what was measured:
   * docs/benchmarks.md has the figures.
   */
  public static Transport of(io.loble.config.Transport wanted) throws ConfigException {
    return switch (wanted) {
      case AUTO -> fastest();
      case EPOLL -> loaded(wanted, TransportLoader.epoll());
      case IO_URING -> loaded(wanted, TransportLoader.io_uring());
      case KQUEUE -> loaded(wanted, TransportLoader.kqueue());
      case NIO -> Transport.NIO;
    };
  }

  private static Transport fastest() {
    return Stream.<Supplier<@Nullable Transport>>of(
            TransportLoader::epoll, TransportLoader::kqueue, TransportLoader::io_uring)
        .map(Supplier::get)
        .filter(transport -> transport != null && transport.available())
        .findFirst()
        .orElseGet(() -> Transport.NIO);
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
