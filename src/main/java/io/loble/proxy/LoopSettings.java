package io.loble.proxy;

import io.loble.config.LobleConfig;
import io.loble.config.Timeouts;

/**
 * The settings that hold for all connections, the open ones too.
 *
 * @param logsAccess whether each connection that ends gets a line in the access log
 */
record LoopSettings(Timeouts timeouts, boolean logsAccess) {

  static LoopSettings of(LobleConfig config) {
    return new LoopSettings(config.timeouts(), config.logging().access());
  }
}
