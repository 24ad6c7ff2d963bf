package io.loble.play;

import io.loble.config.ConfigException;
import io.loble.model.HostPort;
import io.loble.sim.client.ClientSettings;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Clients begin, and go on while the steps after this one are played.
 *
 * @param listener empty for the default one
 * @param settings all but the target
 */
record StartClientsStep(String name, Optional<String> listener, JsonObject settings)
    implements Step {

  @Override
  public String says() {
    return "clients " + name + " " + settings.encode();
  }

  @Override
  public void play(Stage stage) {
    HostPort target = listener.map(stage.bed()::address).orElseGet(stage.bed()::address);
    stage.startClients(name, settings(settings, target));
  }

  private static ClientSettings settings(JsonObject settings, HostPort target) {
    try {
      return ClientSettings.fromJson(settings.copy().put("target", target.toString()));
    } catch (ConfigException e) {
      throw new IllegalStateException("was looked at when the scenario was read", e);
    }
  }
}
