package io.loble;

import io.loble.config.LaunchOptions;
import io.loble.config.source.RegularFileStore;
import io.loble.control.Caller;
import io.loble.control.ConfigManager;
import io.loble.control.ProcessStatus;
import io.loble.control.Reloads;
import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/**
 * Watches the configuration file, and has it loaded when it has changed. While the file cannot be
 * used it is tried again at every look, since what is wrong may lie outside of it.
 */
final class ConfigReloader {

  private final ProcessStatus status;
  private final ConfigRetriever watcher;
  private final ConfigManager manager;
  private final Reloads reloads;
  private long knownChanges;

  ConfigReloader(Vertx vertx, LaunchOptions launch, ConfigManager manager) {
    this.status = ProcessStatus.of(vertx);
    this.watcher = ConfigRetriever.create(vertx, options(launch));
    this.manager = manager;
    Caller caller = Caller.file(launch.config());
    this.reloads = new Reloads(() -> manager.reload(caller));
  }

  private static ConfigRetrieverOptions options(LaunchOptions launch) {
    return new ConfigRetrieverOptions()
        .setIncludeDefaultStores(false)
        .setScanPeriod(launch.reloadInterval().toMillis())
        .addStore(
            new ConfigStoreOptions()
                .setType(RegularFileStore.TYPE)
                .setFormat("toml")
                .setConfig(new JsonObject().put("path", launch.config())));
  }

  Future<Void> start() {
    watcher.setConfigurationProcessor(
        readable -> {
          // Called at every look that could be parsed, also when nothing changed since the last.
          if (status.config().error() != null || isLoadedByOthers()) {
            reloads.request();
          }
          return readable;
        });
    // Loading says what is wrong with the file in our words.
    watcher.configStream().exceptionHandler(unreadable -> reloads.request());
    watcher.listen(change -> reloads.request());
    // The file may have changed since the process loaded it; this look is what later ones are
    // compared with.
    return watcher.getConfig().onSuccess(seen -> reloads.request()).mapEmpty();
  }

  /**
   * Looks are compared with each other. What a command loads between two of them is in neither:
   * when the file is changed back before the second, that look shows no change.
   */
  private boolean isLoadedByOthers() {
    long changes = manager.fileChanges();
    boolean isNew = changes != knownChanges;
    knownChanges = changes;
    return isNew;
  }

  Future<Void> stop() {
    return watcher.close();
  }
}
