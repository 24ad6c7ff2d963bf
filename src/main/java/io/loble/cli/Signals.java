package io.loble.cli;

import io.loble.control.Caller;
import io.loble.control.ConfigManager;
import io.loble.control.Reloads;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a running balancer does at signals, but for those that end it ({@link Shutdown}): SIGHUP
 * reloads the configuration, and those that other balancers know and this one does not are ignored.
 */
final class Signals {

  private static final Logger log = LoggerFactory.getLogger("loble");

  private static final OsSignal HUP = new OsSignal("HUP");
  private static final OsSignal USR1 = new OsSignal("USR1");
  private static final OsSignal USR2 = new OsSignal("USR2");

  /** HotSpot suspends threads by the signal of this number; by SIGUSR2 where it is not set. */
  private static final String JVM_SIGNAL = "_JAVA_SR_SIGNUM";

  private @Nullable Reloads reloads;
  private boolean reloadIsDue;

  private Signals() {}

  /** To be called before the configuration is read. */
  static Signals install() {
    Signals signals = new Signals();
    HUP.handle(signals::reload);
    USR1.handle(() -> ignored(USR1));
    if (jvmLeaves(USR2)) {
      USR2.handle(() -> ignored(USR2));
    }
    return signals;
  }

  /** Handling the signal that the JVM uses itself would take it away from the JVM. */
  private static boolean jvmLeaves(OsSignal signal) {
    String moved = System.getenv(JVM_SIGNAL);
    return moved != null && !moved.equals(Integer.toString(signal.number()));
  }

  private static void ignored(OsSignal signal) {
    log.info(
        "{} does nothing here: {} reloads the configuration, SIGTERM stops the process",
        signal,
        HUP);
  }

  /** The load balancer runs: from now on there is something to reload. */
  synchronized void running(Vertx vertx) {
    reloads = ConfigManager.current(vertx).map(Signals::reloading).orElse(null);
    if (reloadIsDue) {
      reload();
    }
  }

  private synchronized void reload() {
    if (reloads == null) {
      // The file may have been read before it was changed.
      reloadIsDue = true;
    } else {
      reloads.request();
    }
  }

  private static Reloads reloading(ConfigManager manager) {
    return new Reloads(() -> reload(manager));
  }

  private static Future<JsonObject> reload(ConfigManager manager) {
    log.info("[config] {}: reloading", HUP);
    return manager
        .reload(Caller.signal(HUP.toString()))
        .onSuccess(Signals::reloaded)
        .onFailure(
            cause ->
                log.error("[config] {}: not reloaded, nothing changed: {}", HUP, message(cause)));
  }

  /** Of a change the journal has told. */
  private static void reloaded(JsonObject answer) {
    if (!answer.getBoolean("changed")) {
      log.info("[config] {}: nothing to change", HUP);
    }
  }

  private static String message(Throwable cause) {
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
