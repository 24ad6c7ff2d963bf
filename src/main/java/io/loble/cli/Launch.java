package io.loble.cli;

import io.loble.TransportChoice;
import io.loble.admin.ProcessMetrics;
import io.loble.config.ConfigException;
import io.loble.config.LaunchOptions;
import io.loble.config.LobleConfig;
import io.loble.config.source.ConfigLoader;
import io.vertx.core.json.JsonObject;
import io.vertx.core.transport.Transport;

/**
 * Starts the load balancer: what can be known to be wrong before anything runs is reported here.
 */
final class Launch {

  private final RunOptions options;

  Launch(RunOptions options) {
    this.options = options;
  }

  /** Returns once it runs, or with what the process should exit with. */
  int run() throws ConfigException {
    Signals signals = Signals.install();
    Shutdown shutdown = Shutdown.install();
    try {
      return start(shutdown, signals);
    } catch (ConfigException | RuntimeException e) {
      shutdown.failed();
      throw e;
    }
  }

  private int start(Shutdown shutdown, Signals signals) throws ConfigException {
    options.check();
    JsonObject document = options.conf().read();
    if (options.instances() != null) {
      document.put("instances", options.instances());
    }
    LaunchOptions launch = ConfigLoader.launchOptions(document, System.getenv());
    Parallel<Transport> transport = Parallel.start(() -> prepare(launch));
    LobleConfig config = ConfigLoader.load(launch, System.getenv());
    Transport loaded = transport.result();
    Logging.configure(config.logging());
    UserTimeoutWarning userTimeouts = new UserTimeoutWarning(loaded.name());
    userTimeouts.check(config);
    String[] arguments = options.launcherArguments(document);
    return new LobleApplication(arguments, loaded, shutdown, signals, userTimeouts).start();
  }

  /**
   * What Vert.x needs to start, and reading the file does not: Netty, and the registry of meters.
   */
  private static Transport prepare(LaunchOptions launch) throws ConfigException {
    Transport transport = TransportChoice.of(launch.transport());
    ProcessMetrics.vertxFactory();
    return transport;
  }
}
