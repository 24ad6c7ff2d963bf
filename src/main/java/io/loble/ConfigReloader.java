package io.loble;

import io.loble.config.ConfigDiff;
import io.loble.config.ConfigLoader;
import io.loble.config.LaunchOptions;
import io.loble.config.LobleConfig;
import io.loble.config.SettingChange;
import io.loble.control.ProcessStatus;
import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the configuration file, and publishes what it says once it has changed and is valid. A
 * file that is not valid changes nothing: the error is logged, counted and shown in the status,
 * once for each that is new.
 */
final class ConfigReloader {

  private static final Logger log = LoggerFactory.getLogger("loble.config");

  private final Vertx vertx;
  private final LaunchOptions launch;
  private final ProcessStatus status;
  private final ConfigRetriever watcher;
  private LobleConfig current;
  private @Nullable String lastError;

  ConfigReloader(Vertx vertx, LaunchOptions launch, LobleConfig current) {
    this.vertx = vertx;
    this.launch = launch;
    this.status = ProcessStatus.of(vertx);
    this.current = current;
    this.watcher = ConfigRetriever.create(vertx, options(launch));
  }

  private static ConfigRetrieverOptions options(LaunchOptions launch) {
    return new ConfigRetrieverOptions()
        .setIncludeDefaultStores(false)
        .setScanPeriod(launch.reloadInterval().toMillis())
        .addStore(
            new ConfigStoreOptions()
                .setType("file")
                .setFormat("toml")
                .setConfig(new JsonObject().put("path", launch.config())));
  }

  Future<Void> start() {
    watcher.setConfigurationProcessor(
        readable -> {
          // Called at every look that could be parsed, also when nothing changed since the last.
          if (lastError != null) {
            reload();
          }
          return readable;
        });
    // Loading says what is wrong with the file in our words.
    watcher.configStream().exceptionHandler(unreadable -> reload());
    watcher.listen(change -> reload());
    // The file may have changed since the process loaded it; this look is what later ones are
    // compared with.
    return watcher.getConfig().onSuccess(seen -> reload()).mapEmpty();
  }

  Future<Void> stop() {
    return watcher.close();
  }

  private void reload() {
    vertx
        .executeBlocking(() -> ConfigLoader.load(launch, System.getenv()))
        .onSuccess(this::accepted)
        .onFailure(this::refused);
  }

  private void accepted(LobleConfig loaded) {
    ConfigDiff diff = ConfigDiff.between(current, loaded);
    boolean recovered = lastError != null;
    lastError = null;
    if (diff.isEmpty()) {
      if (recovered) {
        status.reloadRecovered();
        log.info("[config] {} is valid again; nothing changed", launch.config());
      }
      return;
    }
    current = loaded;
    status.reloaded();
    log.info("[config] {} reloaded: {}", launch.config(), String.join("; ", diff.lines()));
    diff.settings().stream()
        .map(SettingChange::key)
        .filter(key -> key.startsWith("admin.") || key.startsWith("metrics."))
        .forEach(key -> log.warn("[config] {} takes effect at the next start", key));
    ConfigChannel.publish(vertx, loaded);
  }

  private void refused(Throwable cause) {
    String error = String.valueOf(cause.getMessage());
    if (!error.equals(lastError)) {
      lastError = error;
      status.reloadFailed(error);
      log.error("[config] not reloaded, nothing changed:\n{}", error);
    }
  }
}
