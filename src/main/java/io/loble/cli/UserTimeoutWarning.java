package io.loble.cli;

import io.loble.config.ListenerConfig;
import io.loble.config.LobleConfig;
import io.loble.config.PoolConfig;
import io.loble.model.TcpSettings;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Logs that {@code tcp.user_timeout} has no effect where the kernel, or the way to it, has no such
 * option. Logs it once for as long as it stays set. May be used from any thread.
 */
final class UserTimeoutWarning {

  private final String transport;
  private final boolean unsupported;
  private boolean told;

  /**
   * @param transport its name
   */
  UserTimeoutWarning(String transport) {
    this.transport = transport;
    this.unsupported = transport.equals("nio") || transport.equals("kqueue");
  }

  /** Checks a configuration that comes into force. */
  synchronized void check(LobleConfig config) {
    boolean ignored = unsupported && isSet(config);
    if (ignored && !told) {
      LoggerFactory.getLogger("loble")
          .warn("transport {} has no tcp.user_timeout: what is set has no effect", transport);
    }
    told = ignored;
  }

  private static boolean isSet(LobleConfig config) {
    return Stream.concat(
            config.listeners().stream().map(ListenerConfig::tcp),
            config.pools().values().stream().map(PoolConfig::tcp))
        .map(TcpSettings::userTimeout)
        .anyMatch(timeout -> !timeout.isZero());
  }
}
